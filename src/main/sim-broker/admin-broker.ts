import { formatInstant } from '#domain/values/instant';
import { type AdminActs, done, refused } from '#main/sim-broker/admin-door';
import { faultIn, isDataFault } from '#main/sim-broker/fault-shape';
import type { SimulatedBroker } from '#simulation/broker/simulated-broker';
import type { DataDesk } from '#simulation/broker-market/data-desk';

/** Faults of the broker and of its market data, its ledger, and whether what should hold of it does. */
export function brokerActs(broker: SimulatedBroker, desk: DataDesk): AdminActs {
  return {
    'GET /faults': () => {
      const fired = [...broker.faultsFired, ...desk.faults.fired].sort((a, b) => a.at - b.at);
      return done({ fired: fired.map((each) => ({ ...each, at: formatInstant(each.at) })) });
    },
    'POST /faults': (said) => {
      const fault = faultIn(said);
      if (!fault.ok) return refused(fault.problem.said);
      if (isDataFault(fault.value)) desk.faults.add(fault.value);
      else broker.addFault(fault.value);
      return done();
    },
    'DELETE /faults/': (_said, name) => {
      broker.removeFault(name);
      desk.faults.remove(name);
      return done();
    },
    'GET /ledger': () => done({ entries: broker.ledger() }),
    'GET /invariants': () => done({ violated: broker.invariants() }),
  };
}

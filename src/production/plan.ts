import type { Service } from '#domain/events/service';
import { news } from '#production/news/news';
import { orchestration } from '#production/orchestration/orchestration';
import { pattern } from '#production/pattern/pattern';
import { type Reporting, reporting } from '#production/reporting/reporting';
import { riskManager } from '#production/risk-manager/risk-manager';
import { scanner } from '#production/scanner/scanner';
import { technical } from '#production/technical/technical';
import { trading } from '#production/trading/trading';
import { workflow } from '#production/workflow/workflow';

/** The house on one page: the nine services in the order in which an event meets them, new and empty. */
export function plan(): { readonly services: readonly Service[]; readonly reporting: Reporting } {
  const report = reporting();
  return {
    services: [orchestration(), scanner(), news(), technical(), pattern(), workflow(), riskManager(), trading(), report],
    reporting: report,
  };
}

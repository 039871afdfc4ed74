import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunAlarm } from '#domain/alerts/alert';
import type { Observation } from '#domain/alerts/observation';
import { inboxOf, noteText } from '#main/alerts/inbox';

/** Of each sort. Whoever is worried by more than this tells the same again. */
const NOTES_MAX = 200;
const UNDERWAY_MAX = 8;

/**
 * Alarms of a run, laid where a watch finds them. The run waits for none of it: what cannot be laid, for want of room, of a right or of
 * time, stands on its terminal in every case.
 */
export class AlarmNotes {
  readonly #inbox: string;
  /** How many of a sort have been laid: one of which there are many must not take the others' room. */
  readonly #laid = new Map<string, number>();
  #underway = 0;

  constructor(folder: string) {
    this.#inbox = inboxOf(folder);
  }

  lay(what: RunAlarm, says: string): void {
    this.observe({ kind: 'run_alarm', what, says });
  }

  observe(observation: Observation): void {
    const sort = observation.kind === 'run_alarm' ? observation.what : observation.kind;
    const laid = this.#laid.get(sort) ?? 0;
    if (laid === NOTES_MAX || this.#underway >= UNDERWAY_MAX) return;
    this.#laid.set(sort, laid + 1);
    this.#underway++;
    this.#write(noteText({ kind: 'observed', observation }))
      // On purpose: an alarm of a full disk may find no room itself, and nothing that a run is worried by may stop its exits.
      .catch(() => {})
      .finally(() => {
        this.#underway--;
      });
  }

  /** Unlike a person's note it is not forced to the disk: that could make others wait for theirs. */
  async #write(text: string): Promise<void> {
    await mkdir(this.#inbox, { recursive: true, mode: 0o700 });
    const path = join(this.#inbox, `${String(Date.now()).padStart(15, '0')}-${randomUUID()}.json`);
    await writeFile(`${path}.part`, text, { flag: 'wx', mode: 0o600 });
    await rename(`${path}.part`, path);
  }
}

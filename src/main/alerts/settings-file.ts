import { readAlertSettings } from '#adapters/parameter-file/alert-file';
import { fileProblemText } from '#adapters/parameter-file/file-problem';
import type { AlertSettings } from '#domain/alerts/alert-settings';
import { Failure } from '#main/commands/failure';

/** The settings of a file; ends the command when it is not understood. */
export function alertSettingsFrom(file: string): AlertSettings {
  const settings = readAlertSettings(file);
  if (!settings.ok) throw new Failure('badInput', fileProblemText(settings.problem));
  return settings.value;
}

/** A file to begin with: mail alone, the rest explained behind a #. */
export const firstFile = `# Who is told what, and how. Check it with: catalyst alerts check alerts.yaml
# Secrets stand in the environment, never here: urlFromEnv and tokenFromEnv name the variables that hold them.

channels:
  mail:
    kind: mail
    urlFromEnv: CATALYST_SMTP_URL          # smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465
    from: Catalyst <catalyst@example.org>
    to: [you@example.org]
    # caFile: /etc/catalyst/mail-ca.pem    # where no public authority has signed the server's certificate
  # chat:
  #   kind: slack                          # or discord, or webhook for plain JSON
  #   urlFromEnv: CATALYST_CHAT_URL
  # phone:
  #   kind: telegram
  #   tokenFromEnv: CATALYST_TELEGRAM_TOKEN
  #   chat: "123456789"

# By how loud it is. What is left out goes where the critical alerts go.
routes:
  critical: [mail]
  warning: [mail]
  information: [mail]
  # escalation: [phone]                    # besides, when nobody has acknowledged

policy:
  hourlyCap: 12                            # messages an hour that are not critical; no critical one is ever held back
  groupSeconds: 300                        # what is like something that was just told waits so long and is told together
  digestMinutes: 60                        # what was held back is told after so long
  remindMinutes: 2                         # the first reminder of a critical alert; each one waits twice as long
  remindMinutesMax: 30
  escalateMinutes: 10

# cooldownMinutes:                         # the same matter is not told again for so long; every kind: docs/reference/alerts.md
#   data_stale: 10

watch:
  barsMissingMinutes: 5
  scanLateMinutes: 2
  serviceDownSeconds: 30
  openBeforeMinutes: 5                     # the session has to be open so long before the market is
  summaryAfterMinutes: 30                  # and closed so long after it
  diskFreeMegabytes: 500
  newestTrades: 20                         # over which the win rate is watched
  databaseAwaySeconds: 60                  # catalyst db follow says for so long that its database is away
  projectionEntries: 10000                 # so far behind the journal, or so long, the database is told of
  projectionBehindSeconds: 300
  projectorSilentSeconds: 60               # catalyst db follow says nothing for so long, and nobody has ended it
  # databaseFromEnv: DATABASE_URL          # is dialled, not logged on to

# deadMan:                                 # an outside watch that calls when nothing is heard, such as healthchecks.io
#   urlFromEnv: CATALYST_DEADMAN_URL
#   everySeconds: 60
#   missesMax: 3
#   tellFailures: true                     # also asks for /fail, where the outside knows that
`;

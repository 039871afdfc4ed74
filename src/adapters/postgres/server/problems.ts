/** Why there is no database to work with. Nothing here holds a password; `said` is what the server or its tools wrote. */
export type DatabaseProblem =
  | { readonly kind: 'server_not_installed'; readonly package: string; readonly isKnownPlatform: boolean }
  | { readonly kind: 'server_cannot_run'; readonly file: string; readonly code: string }
  | { readonly kind: 'no_user_for_server' }
  | { readonly kind: 'cannot_become'; readonly user: string; readonly code: string }
  | { readonly kind: 'folder_closed'; readonly folder: string; readonly user: string; readonly within: string }
  | { readonly kind: 'owned_by_another'; readonly folder: string; readonly uid: number }
  | { readonly kind: 'not_permitted'; readonly path: string; readonly code: string }
  | { readonly kind: 'none_there'; readonly folder: string }
  | { readonly kind: 'not_a_cluster'; readonly folder: string }
  | { readonly kind: 'other_major'; readonly folder: string; readonly made: string; readonly ours: string }
  | { readonly kind: 'password_missing'; readonly file: string }
  | { readonly kind: 'wrong_password_file'; readonly file: string }
  | { readonly kind: 'disk_full'; readonly folder: string; readonly freeMb: number; readonly said: string }
  | { readonly kind: 'would_not_make'; readonly folder: string; readonly said: string }
  | { readonly kind: 'would_not_start'; readonly log: string; readonly said: string }
  | { readonly kind: 'would_not_stop'; readonly pid: number; readonly code: string }
  | { readonly kind: 'not_ready_in_time'; readonly pid: number; readonly status: string; readonly seconds: number }
  | { readonly kind: 'somebody_starts_it'; readonly pid: number; readonly seconds: number }
  | { readonly kind: 'another_server'; readonly expected: string; readonly found: string }
  | { readonly kind: 'bad_address' }
  | { readonly kind: 'address_names_no_file'; readonly path: string; readonly code: string }
  | { readonly kind: 'unreachable'; readonly server: string; readonly code: string; readonly said: string }
  | { readonly kind: 'login_refused'; readonly server: string; readonly said: string }
  | { readonly kind: 'no_such_database'; readonly server: string; readonly database: string }
  | { readonly kind: 'too_old'; readonly server: string; readonly version: string }
  | { readonly kind: 'refused_by_server'; readonly server: string; readonly code: string; readonly said: string };

/** The code of an error of the operating system; what has none is a bug and goes on. */
export function systemCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** What a user of the admin API may be. */
export const ROLES = ['administrator', 'revenue-officer', 'operator-clerk', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who looks: an operator's clerk sees what belongs to that operator, everyone else sees the whole city. */
export interface Scope {
  /** Code of the operator to whose points the view is narrowed; absent for the whole city. */
  readonly operatorCode?: string;
}

/** Who does it, for the audit log. */
export interface Actor {
  readonly username: string;
  /** Network address the request came from, `''` for a command on the machine itself. */
  readonly address: string;
}

/** The PostgreSQL roles of the processes: each may do what it needs and no more. */
export const PROCESS_ROLES = {
  gateway: 'eparking_gateway',
  worker: 'eparking_worker',
  'admin-api': 'eparking_api',
} as const;
export type ProcessName = keyof typeof PROCESS_ROLES;

/** Letters: r SELECT, a INSERT, w UPDATE, d DELETE; `(w:column)` UPDATE of that column alone. `''` is nothing. */
export type Privileges = string;
type Row = Readonly<Record<ProcessName, Privileges>>;

const row = (gateway: Privileges, worker: Privileges, api: Privileges): Row => ({ gateway, worker, 'admin-api': api });

/** A table that nobody has thought about yet: works, and fails the test that lists such tables. */
export const REST: Row = row('r', 'rawd', 'rawd');
/** A view reads with its owner's rights: none for the gateway. */
export const VIEW: Row = row('', 'r', 'r');

/**
 * Who may do what to which table. The journal is written by the gateway alone, which can add and never change; the
 * books and the audit log can be added to and never changed, by nobody. Secrets of sign-ins are the API's alone.
 */
/* The worker's retention locks rows before it deletes them, which asks for UPDATE too. */
const GROUPS: readonly (readonly [Row, string])[] = [
  // Records: the worker may blot personal data out of the text (a trigger holds it to that), nothing else.
  [row('ra', 'r(w:record)', 'r'), 'journal_records journal_conflicts'],
  [row('ra', 'r', 'r'), 'journal_flags journal_reprocessed'],
  // What is known of a device's journal.
  [row('rawd', 'raw', 'r'), 'journal_gaps'],
  [row('raw', 'r', 'r'), 'journal_heads journal_writers voids shifts income_hours income_days'],
  [row('raw', 'rw', 'r'), 'quarantine'],
  [row('raw', 'rawd', 'raw'), 'alarms findings'],
  [row('a', 'rawd', 'ra'), 'outbox'],
  [row('rw', '', 'ra'), 'reprocess_requests'],
  // Connections and commands.
  [row('rawd', 'rwd', 'r'), 'gateway_instances'],
  [row('raw', 'r', 'r'), 'device_presence'],
  [row('', 'r', 'r'), 'device_spells settlement_totals'],
  // Kept by triggers with their owner's rights; the worker folds and mends them.
  [row('', 'rawd', 'r'), 'road_totals road_changes'],
  [row('rw', 'rawd', 'ra'), 'device_commands'],
  [row('raw', 'rawd', 'rawd'), 'qris_orders'],
  [row('r', 'rawd', 'rawd'), 'acquirers payees'],
  // The registry.
  [
    row('r', 'r', 'rawd'),
    `operators points point_hours point_operators point_street_classes tariffs attendants attendant_assignments devices
     device_epochs device_assignments subscriptions free_zones operator_contracts`,
  ],
  [row('r', 'r', 'r'), 'registry_version schema_migrations'],
  // The books: append-only.
  [row('', 'ra', 'ra'), 'ledger_entries ledger_lines'],
  // Sign-in.
  [row('', '', 'raw'), 'users'],
  [row('', 'rwd', 'rawd'), 'sessions'],
  [row('', '', 'rawd'), 'access_tokens recovery_codes sign_in_tries'],
  [row('', '', 'rawd'), 'saved_views'],
  [row('', 'ra', 'ra'), 'audit_log'],
  [row('', 'r', 'r'), 'audit_chain'],
  [row('', 'rwd', 'ra'), 'access_log'],
  // Money, cases, detection: derived or entered, no terminal's business.
  [
    row('', 'rawd', 'rawd'),
    `announced_payments bank_accounts bank_entries book_work case_attachments case_events cases credit_notes
     deposit_slips exceptions hand_overs payment_matches payout_matches reconciled_days retention_progress
     rule_books settlement_rows slip_batches snap_notices snap_refusals ticket_blocks ticket_uses waterfall_days
     settlement_file_bytes settlement_file_errors settlement_file_pieces settlement_files
     calendar_events detection_notes detection_runs detection_work detector_calibrations detector_replants
     detector_scores detector_settings detector_states expectation_days field_count_plans field_counts potential_days suspicions
     holidays operator_statements targets ticket_events ticket_ranges
     collection_lines shift_lines security_deposits`,
  ],
];

export const GRANTS: Readonly<Record<string, Row>> = Object.fromEntries(
  GROUPS.flatMap(([rights, tables]) => tables.split(/\s+/).map((table) => [table, rights])),
);

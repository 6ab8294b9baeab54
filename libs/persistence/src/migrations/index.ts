import { Registry1700000000001 } from './0001-registry.js';
import { Journal1700000000002 } from './0002-journal.js';
import { OutboxUpkeep1700000000003 } from './0003-outbox-upkeep.js';
import { Retention1700000000004 } from './0004-retention.js';
import { Gateway1700000000005 } from './0005-gateway.js';
import { Money1700000000010 } from './0010-money.js';
import { OneAtATime1700000000011 } from './0011-one-at-a-time.js';
import { TicketUses1700000000012 } from './0012-ticket-uses.js';
import { Qris1700000000020 } from './0020-qris.js';
import { ReceivedFiles1700000000023 } from './0023-received-files.js';
import { Registers1700000000026 } from './0026-registers.js';
import { Detection1700000000030 } from './0030-detection.js';
import { DetectionMemory1700000000031 } from './0031-detection-memory.js';
import { SpellsWithOwnersRights1700000000032 } from './0032-spells-with-owners-rights.js';
import { SavedViews1700000000035 } from './0035-saved-views.js';
import { SignIn1700000000040 } from './0040-sign-in.js';
import { LeastPrivilege1700000000041 } from './0041-least-privilege.js';
import { AuditChain1700000000042 } from './0042-audit-chain.js';
import { Resealing1700000000043 } from './0043-resealing.js';
import { ExternalGateways1700000000050 } from './0050-external-gateways.js';
import { Traces1700000000051 } from './0051-traces.js';
import { StreetClasses1700000000052 } from './0052-street-classes.js';
import { CalendarKinds1700000000055 } from './0055-calendar-kinds.js';
import { ControlDays1700000000056 } from './0056-control-days.js';
import { SettlementTotals1700000000060 } from './0060-settlement-totals.js';
import { DetectorMeasured1700000000064 } from './0064-detector-measured.js';
import { NewestSettlements1700000000061 } from './0061-newest-settlements.js';
import { TicketBlocks1700000000062 } from './0062-ticket-blocks.js';
import { DetectorScores1700000000066 } from './0066-detector-scores.js';
import { BatchSen1700000000067 } from './0067-batch-sen.js';
import { TicketNumbers1700000000068 } from './0068-ticket-numbers.js';
import { MovedPoints1700000000070 } from './0070-moved-points.js';
import { PasswordsOfOthers1700000000069 } from './0069-passwords-of-others.js';
import { OpenExceptions1700000000071 } from './0071-open-exceptions.js';
import { RoadDays1700000000072 } from './0072-road-days.js';

/** In the order in which they landed. A migration is never edited after it has landed: expand with a new one, contract with a later one. */
export const migrations = [
  Registry1700000000001,
  Journal1700000000002,
  OutboxUpkeep1700000000003,
  Retention1700000000004,
  Gateway1700000000005,
  Money1700000000010,
  OneAtATime1700000000011,
  TicketUses1700000000012,
  Qris1700000000020,
  ReceivedFiles1700000000023,
  Registers1700000000026,
  Detection1700000000030,
  DetectionMemory1700000000031,
  SpellsWithOwnersRights1700000000032,
  SavedViews1700000000035,
  SignIn1700000000040,
  LeastPrivilege1700000000041,
  AuditChain1700000000042,
  Resealing1700000000043,
  ExternalGateways1700000000050,
  Traces1700000000051,
  StreetClasses1700000000052,
  CalendarKinds1700000000055,
  ControlDays1700000000056,
  SettlementTotals1700000000060,
  DetectorMeasured1700000000064,
  NewestSettlements1700000000061,
  TicketBlocks1700000000062,
  DetectorScores1700000000066,
  BatchSen1700000000067,
  TicketNumbers1700000000068,
  MovedPoints1700000000070,
  PasswordsOfOthers1700000000069,
  OpenExceptions1700000000071,
  RoadDays1700000000072,
];

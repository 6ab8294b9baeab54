export { BackupError } from './backup-file.js';
export { proveDatabase, type Proof } from './proof.js';
export { restoreBackup } from './restore-backup.js';
export { writeBackup, type BackupSummary } from './write-backup.js';

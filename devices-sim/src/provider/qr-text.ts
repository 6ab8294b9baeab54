/** EMVCo merchant-presented codes, written here a second time on purpose (see signing.ts). */

function field(tag: string, value: string): string {
  return tag + String(value.length).padStart(2, '0') + value;
}

/** CRC-16/CCITT-FALSE, four upper-case hexadecimal digits. */
function checksum(text: string): string {
  let crc = 0xffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** A dynamic code whose merchant name says that it is simulated. */
export function qrText(order: {
  orderId: string;
  amount: number;
  nmid: string;
  merchantId: string;
  terminal: string;
}): string {
  const own = field('00', 'ID.SIMULASI.WWW') + field('01', order.merchantId.slice(0, 30));
  const national = field('00', 'ID.CO.QRIS.WWW') + field('02', order.nmid) + field('03', 'UBE');
  const text =
    field('00', '01') +
    field('01', '12') +
    field('26', own) +
    field('51', national) +
    field('52', '7523') +
    field('53', '360') +
    field('54', String(order.amount)) +
    field('58', 'ID') +
    field('59', 'SIMULASI PARKIR MEDAN') +
    field('60', 'MEDAN') +
    field('62', field('05', order.orderId.slice(0, 25)) + field('07', order.terminal.slice(0, 25))) +
    '6304';
  return text + checksum(text);
}

/** Service codes of SNAP BI's QR MPM family. */
export const snapService = { generate: '47', query: '51', notify: '52', cancel: '77', refund: '78' } as const;
export type SnapService = (typeof snapService)[keyof typeof snapService];

/** The answer a SNAP caller gets: HTTP status, and the body's code = status + service + case. */
export interface SnapAnswer {
  httpStatus: number;
  responseCode: string;
  responseMessage: string;
}

/** Why a SNAP request is turned down, in our words; the table below says it in SNAP's. */
export type SnapFault =
  | { code: 'bad-body'; field: '' }
  | { code: 'bad-field'; field: string }
  | { code: 'missing-field'; field: string }
  | { code: 'unauthorized'; field: string }
  | { code: 'repeated-external-id'; field: 'X-EXTERNAL-ID' }
  | { code: 'repeated-reference'; field: string }
  | { code: 'unknown-transaction'; field: string }
  | { code: 'bad-amount'; field: string }
  | { code: 'too-many-requests'; field: '' }
  | { code: 'our-fault'; field: '' };

/** HTTP status, case code and text per fault (Bank Indonesia's SNAP response code list). */
const table: Record<SnapFault['code'], [status: number, caseCode: string, text: string]> = {
  'bad-body': [400, '00', 'Bad Request'],
  'bad-field': [400, '01', 'Invalid Field Format'],
  'missing-field': [400, '02', 'Invalid Mandatory Field'],
  unauthorized: [401, '00', 'Unauthorized.'],
  'repeated-external-id': [409, '00', 'Conflict'],
  'repeated-reference': [409, '01', 'Duplicate partnerReferenceNo'],
  'unknown-transaction': [404, '01', 'Transaction Not Found'],
  'bad-amount': [404, '13', 'Invalid Amount'],
  'too-many-requests': [429, '00', 'Too Many Requests'],
  'our-fault': [500, '00', 'General Error'],
};

/** e.g. `snapCode(200, '52')` = `2005200`. */
export function snapCode(httpStatus: number, service: SnapService, caseCode = '00'): string {
  return `${httpStatus}${service}${caseCode}`;
}

export function snapSuccess(service: SnapService): SnapAnswer {
  return { httpStatus: 200, responseCode: snapCode(200, service), responseMessage: 'Successful' };
}

/** The answer to a fault. Names the field, never a value: values may be secrets or personal data. */
export function snapFaultAnswer(service: SnapService, fault: SnapFault): SnapAnswer {
  const [httpStatus, caseCode, text] = table[fault.code];
  const responseMessage = fault.field ? `${text} ${fault.field}` : text;
  return { httpStatus, responseCode: snapCode(httpStatus, service, caseCode), responseMessage };
}

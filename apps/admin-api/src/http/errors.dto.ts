/** What is wrong in a line of a file. */
export class RowFault {
  /** Counted from 1, the header included. */
  line!: number;
  field!: string;
  message!: string;
}

/** What went wrong. */
export class ErrorBody {
  /** A word for programs. */
  code!: string;
  /** A sentence for people. */
  message!: string;
  /** The field or query parameter that is wrong. */
  field?: string;
  /** What would help. */
  remedy?: string;
  /** Of a file: what is wrong in which line. */
  rows?: RowFault[];
}

/** The one form in which the API tells what went wrong. */
export class ErrorAnswer {
  error!: ErrorBody;
}

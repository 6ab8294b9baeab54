import { ApiProperty } from '@nestjs/swagger';

/** An exception as a dry run finds it: nothing of it is kept. */
export class ExceptionFindingDto {
  id!: string;
  pattern!: string;
  @ApiProperty({ enum: ['expected', 'mismatched'] })
  state!: string;
  subjectKind!: string;
  subject!: string;
  businessDate!: string;
  /** Rupiah at stake. */
  amount!: number;
  point!: string | null;
  device!: string | null;
  attendant!: string | null;
  record!: string | null;
  settlement!: string | null;
  dueAt!: string | null;
}

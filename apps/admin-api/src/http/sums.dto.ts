/** Of lists of sums, over the whole list: rupiah. */
export class AmountSumDto {
  amount!: number;
}

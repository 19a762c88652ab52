/**
 * An amount as people write it: `₹10,00,000` in rupees, `8,000 USDT` in any other currency, bare where it is empty. Two
 * decimals for a part of one, more where the amount has more.
 *
 * @param amount plain decimal text, kept exact
 */
export function amountInWords(amount: string, currency: string): string {
  const rupees = currency === 'INR';
  const fraction = (amount.split('.')[1] ?? '').replace(/0+$/, '').length;
  const format = new Intl.NumberFormat(rupees ? 'en-IN' : 'en-US', {
    ...(rupees ? { style: 'currency', currency } : {}),
    minimumFractionDigits: fraction === 0 ? 0 : Math.max(2, fraction),
    maximumFractionDigits: Math.max(2, fraction),
  });
  const words = format.format(amount as Intl.StringNumericLiteral);
  return rupees || currency === '' ? words : `${words} ${currency}`;
}

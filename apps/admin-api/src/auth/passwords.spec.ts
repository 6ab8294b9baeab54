import { hashChosenPassword, passwordMatches } from './passwords.js';

describe('a password that somebody chooses', () => {
  it.each(['qwertyqwerty', 'Password12345', '1Q2W3E4R5T6Y', '123456123456', 'AkuCintaKamu'])(
    'is not %s, which is guessed first however its letters are written',
    async (common) => {
      await expect(hashChosenPassword(common, 'newPassword')).rejects.toMatchObject({
        field: 'newPassword',
        message: 'This password is among the commonest, which are guessed first.',
      });
    },
  );

  it('is any other, also one that holds a common one', async () => {
    const own = 'qwertyqwerty jagung meteran';
    expect(await passwordMatches(await hashChosenPassword(own, 'password'), own)).toBe(true);
  });
});

/**
 * Plays many rounds of a race, in `lanes` beside each other: `begin` makes what the rounds of one lane share and gives the round itself, told its number
 * among all. Rounds of a lane come one after another.
 */
export async function playRounds(rounds: number, lanes: number, begin: (lane: number) => Promise<(round: number) => Promise<void>>): Promise<void> {
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    const play = await begin(lane);
    for (let round = lane; round < rounds; round += lanes) await play(round);
  }));
}

import { TOPICS } from "./people";

const FIRST = "ada ben cleo dan eva finn gus hana ivo jana kofi lena milo nora omar pia quinn rosa sami tara ugo vera wim yara zoe aiko bela carl dora emil fara gita hugo ines jude kira liam mara nils olga paul rhea sven tess uma vito willa ximena yuri".split(" ");
const LAST = "abel berg costa dahl ende falk grau holm iwata jensen kowal lund mendes nagy okoro pohl quist rossi sato toth unger vance weber xander young zeller adler brandt cruz deniz ekman fuchs gomez haas".split(" ");

/** What each topic is about; the last list is for everything. */
const NOUNS = [
  "harbour tide wharf gull sail buoy shore reef", "summit ridge trail glacier cairn alpine pine meadow", "bakery espresso noodle picnic market recipe crumb spice", "tram facade skyline alley bridge metro neon plaza",
  "puppy kitten heron fox beetle otter owl pony", "marathon climbing cycling rowing yoga pitch sprint surfing", "guitar vinyl choir stage drummer jazz festival piano", "sketch mural clay loom ink collage linocut studio",
  "garden fern orchard tulip moss greenhouse balcony seedling", "nebula comet robot circuit telescope drone lens solder", "denim linen thrift atelier sneaker velvet raincoat brooch", "toddler grandma wedding birthday reunion campfire kite sledge",
  "light weekend morning friends travel colour film autumn",
].map((line) => line.split(" "));
const MODIFIERS = "days love daily walk club diary hour life moments stories time view vibes lover project notes world nights corner gallery season north south east west first slow wild tiny big blue golden quiet old new late early home away found".split(" ");
const OPENINGS = ["This morning,", "After the rain:", "Nothing but", "Still thinking of the", "Look at this", "Came back for the", "One more", "Finally a", "Not far from the", "At last, the", "Once again", "For the first time:"];
const ENDINGS = ["and time to look.", "before everybody woke.", "with the wrong lens.", "as it was.", "worth the way.", "in good company.", "just so.", "on the way home.", "and no plan.", "by the window."];

/** How many tags there may be of each topic: common ones, and ever rarer ones. */
export const tagsPerTopic = (people: number): number => Math.min(5_000, Math.max(40, Math.round(people ** 0.6)));

/** The names of tags, by topic; the last is the topic of everything. No name twice. */
export function tagNames(people: number): string[][] {
  const known = new Set<string>();
  return NOUNS.map((nouns) => {
    const names = nouns.filter((noun) => !known.has(noun));
    for (let n = 0; names.length < tagsPerTopic(people); n++) {
      const [noun, one, two] = [nouns[n % nouns.length]!, MODIFIERS[Math.floor(n / nouns.length) % MODIFIERS.length]!, MODIFIERS[Math.floor(n / nouns.length / MODIFIERS.length) - 1]];
      const name = `${noun}${one}${two ?? ""}`;
      if (!known.has(name)) names.push(name);
      known.add(name);
    }
    for (const name of names) known.add(name);
    return names;
  });
}

/** A caption without its tags. `n` is any number. */
export const caption = (topic: number, n: number): string => `${pick(OPENINGS, n)} ${pick(NOUNS[topic]!, n >>> 4)} ${pick(ENDINGS, n >>> 8)}`;
export const remark = (topic: number, n: number): string => `${pick(["What a", "Lovely", "Where is that", "I know this", "So much", "More of this"], n)} ${pick(NOUNS[topic]!, n >>> 4)}${pick(["!", " …", "?", ".", ", thank you"], n >>> 8)}`;
export const altOf = (topic: number, n: number): string => `A photo with ${pick(NOUNS[topic]!, n >>> 4)} and ${pick(NOUNS[TOPICS]!, n >>> 7)}`;
export const nameOf = (n: number): [string, string] => [pick(FIRST, n), pick(LAST, n >>> 8)];
export const placeName = (n: number): string => `${capital(pick(LAST, n))} ${capital(pick(NOUNS[n % TOPICS]!, n >>> 3))} ${n}`;
export const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

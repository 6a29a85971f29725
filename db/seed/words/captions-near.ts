import type { Phrase } from "./language";

/** Captions for small and abstract things, by subject. */
export const NEAR: Record<string, readonly Phrase[]> = {
  leaf: [
    "Held it against the window. There is a whole city map in there.",
    "Found on the way to work. Was late for work.",
    "Rivers, seen from very far away. Or a leaf, from very near.",
    "Some people collect stamps.",
    "The light does the drawing, the leaf only holds still.",
    ["ja", "一枚の葉に、川がある。"],
    ["fr", "Une feuille contre la fenêtre, et la matinée est passée."],
    ["de", "Straßenkarte eines sehr kleinen Landes."],
    "one leaf, ten minutes",
    "You know that feeling when you look closely at something you've stepped over a hundred times?",
    "Veins 🍃",
  ],
  flower: [
    "Counted the spirals. Thirteen one way, twenty-one the other. It always is.",
    "From my neighbour's garden, with permission and a jar of jam in exchange.",
    "It opened overnight and nobody told me.",
    "Mathematics, but soft.",
    ["en", "She grows these for the competition. I think she'll win.", "ruth.adeyemi"],
    "For mum 💛",
    ["ko", "꽃은 서두르지 않아요."],
    ["ja", "ひとひら、ひとひら。"],
    ["hi", "माँ के बगीचे से।"],
    ["fa", "هر گلبرگ جای خودش را می‌داند."],
    ["fr", "Elle n'a duré que trois jours, mais quels jours."],
    "Petals in order, as if somebody had been counting.",
    "centre of attention",
  ],
  abstract: [
    "Don't ask me what it is. Tell me what you see.",
    "Forty tries, one that looked like it meant it.",
    "Somewhere between weather and handwriting.",
    "Kitchen table, glass tank, one drop. Repeat until dinner.",
    "It was gone a second later. That's the whole point.",
    "untitled, again",
    "I like subjects that refuse to pose.",
    ["zh", "墨分五色。"],
    ["hi", "एक बूँद, और फिर सब कुछ।"],
    ["de", "Eine Sekunde später war es weg."],
    ["es", "Nada que entender, mucho que mirar."],
    "slow",
  ],
  silk: [
    "Four metres of it, and I only moved the lamp.",
    "It folds itself better than I ever could.",
    ["en", "From my grandmother's trunk. Still smells of cardamom.", "priyaraman"],
    "Fabric has moods.",
    "Drapery study no. 9. Still learning where the light wants to go.",
    ["fa", "یادگار مادربزرگ."],
    ["hi", "दादी की साड़ी, दोपहर की धूप।"],
    ["fr", "Le tissu tombe toujours juste."],
    "softly",
  ],
};

/** Fits anything: for those who don't say much. */
export const SHORT: readonly Phrase[] = [
  ".", "Sunday.", "today", "again", "Here.", "🌿", "🤍", "no words", "this.", "slowly", "Before breakfast.", "Worth it.", "Keeping this one.", "From the archive.", "One more from last week",
  ["de", "Heute."], ["fr", "Encore."], ["ja", "今日の一枚。"], ["pt", "Hoje."], ["es", "Hoy."], ["ko", "오늘."], ["ar", "هنا."], ["it", "Così."],
];

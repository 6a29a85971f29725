import type { FamilyName } from "./photos/catalogue";
import type { Language } from "./words/language";

export type Circle = "mountains" | "coast" | "town" | "studio" | "night";

export interface Person {
  username: string;
  name: string;
  bio: string;
  website?: string;
  pronouns?: string;
  /** Besides English. */
  language?: Language;
  /** What they photograph, the usual first. */
  families: readonly FamilyName[];
  /** Whom they are near to. */
  circles: readonly Circle[];
  posts: number;
  isPrivate?: boolean;
  /** Everybody follows them. */
  isPopular?: boolean;
  /** Their avatar shows a favourite thing rather than themselves. */
  avatarOfThing?: boolean;
}

/** The demo community. The first person becomes the administrator of an empty server. */
export const PEOPLE: readonly Person[] = [
  { username: "ines.moreau", name: "Ines Moreau", bio: "Lyon. Walls, ridges and whatever the light does at four o'clock.", website: "https://inesmoreau.example", pronouns: "she/her", language: "fr", families: ["windowLight", "ridges", "architecture", "meadow"], circles: ["mountains", "studio", "town"], posts: 12 },
  { username: "noor.haddad", name: "Noor Haddad", bio: "Deserts, mostly. Prints twice a year.\nعمّان · Amman", website: "https://noorhaddad.example", language: "ar", families: ["dunes", "dunes", "nightSky", "architecture", "clouds"], circles: ["mountains", "coast", "town", "studio", "night"], posts: 20, isPopular: true },
  { username: "kenji.w", name: "渡辺 健二 Kenji Watanabe", bio: "京都。雨と森と、うつわ。\nRain, woods, quiet rooms.", language: "ja", families: ["forest", "rain", "leaf", "stillLife"], circles: ["studio", "town"], posts: 13 },
  { username: "lukasbrandt", name: "Lukas Brandt", bio: "Berge am Wochenende, Excel unter der Woche.", language: "de", families: ["alpine", "ridges", "ice", "forest"], circles: ["mountains"], posts: 12 },
  { username: "sofia.almeida", name: "Sofia Almeida", bio: "One sea picture a day. Lisboa → Arrifana.", website: "https://marporcima.example", pronouns: "ela", language: "pt", families: ["sea", "sea", "aerialCoast", "pool"], circles: ["coast"], posts: 16 },
  { username: "frejalind", name: "Freja Lindqvist", bio: "Northern light, thin ice, thick socks.", language: "sv", families: ["ice", "nightSky", "forest", "sea"], circles: ["mountains", "night"], posts: 13 },
  { username: "mateo.desdearriba", name: "Mateo Rojas", bio: "Desde arriba. Licensed drone pilot, unlicensed philosopher.", language: "es", families: ["delta", "fields", "dunes", "aerialCoast"], circles: ["coast", "mountains"], posts: 11, avatarOfThing: true },
  { username: "hana.clay", name: "김하나 Hana Kim", bio: "도예가. Stoneware, north window, no lamps.", website: "https://hanaclay.example", language: "ko", families: ["stillLife", "stillLife", "flower", "windowLight"], circles: ["studio"], posts: 12, avatarOfThing: true },
  { username: "tomek_nowak", name: "Tomasz Nowak", bio: "Concrete and rain. Usually both.", language: "pl", families: ["rain", "architecture", "architecture"], circles: ["town"], posts: 10 },
  { username: "priyaraman", name: "Priya Raman", bio: "Textiles, dahlias, ink. Chennai / Rotterdam", pronouns: "she/they", language: "hi", families: ["flower", "silk", "smoke", "leaf"], circles: ["studio"], posts: 12 },
  { username: "elio.conti", name: "Elio Conti", bio: "Architetto in pausa pranzo.", language: "it", families: ["architecture", "pool", "sea"], circles: ["town", "coast"], posts: 11 },
  { username: "maeve_oc", name: "Maeve O'Connor", bio: "West coast weather reports, unofficial.", families: ["sea", "clouds", "ridges", "meadow"], circles: ["coast", "mountains"], posts: 12 },
  { username: "yusufdemir", name: "Yusuf Demir", bio: "Geceleri uyanık. Awake at night with a tripod.", language: "tr", families: ["nightSky", "moon", "ridges", "sea"], circles: ["night", "mountains"], posts: 10 },
  { username: "zoepapadaki", name: "Ζωή Παπαδάκη", bio: "White walls, blue shade.", language: "el", families: ["architecture", "sea", "pool"], circles: ["town", "coast"], posts: 9 },
  { username: "amara.okafor", name: "Amara Okafor", bio: "Structural engineer who photographs stairs.", website: "https://amaraokafor.example", families: ["architecture", "windowLight", "rain"], circles: ["town"], posts: 11 },
  { username: "lin.xiaoyu", name: "林小雨", bio: "墨与雾。Ink and fog.", language: "zh", families: ["smoke", "ridges", "stillLife"], circles: ["studio", "mountains"], posts: 9, avatarOfThing: true },
  { username: "thandi.m", name: "Thandi Mokoena", bio: "Tall grass and long evenings. Drakensberg.", families: ["meadow", "dunes", "fields", "alpine"], circles: ["mountains"], posts: 9 },
  { username: "gabrielsantos", name: "Gabriel Santos", bio: "Rio. Drone, prancha, café.", language: "pt", families: ["aerialCoast", "pool", "rain"], circles: ["coast"], posts: 10 },
  { username: "clara.weiss", name: "Clara Weiss", bio: "Nur für Freunde und Familie.", language: "de", families: ["windowLight", "meadow", "stillLife", "leaf"], circles: ["studio", "mountains"], posts: 8, isPrivate: true },
  { username: "arjun.flies", name: "Arjun Mehta", bio: "First officer. The office has a good window.", language: "hi", families: ["clouds", "clouds", "fields", "nightSky"], circles: ["night", "coast"], posts: 10 },
  { username: "leila.farahani", name: "لیلا فراهانی Leila", bio: "سایه، گل، ابریشم.", language: "fa", families: ["silk", "flower", "architecture"], circles: ["studio", "town"], posts: 8 },
  { username: "nilshaugen", name: "Nils Haugen", bio: "Boat first, camera second.", families: ["nightSky", "alpine", "sea"], circles: ["night", "mountains", "coast"], posts: 8, avatarOfThing: true },
  { username: "camille.roy", name: "Camille Roy", bio: "Feuilles. Montréal.", language: "fr", families: ["leaf", "forest", "meadow"], circles: ["studio", "mountains"], posts: 8 },
  { username: "diego.estrellas", name: "Diego Fuentes", bio: "Guía de estrellas en el Valle de Elqui.", website: "https://cieloscuro.example", language: "es", families: ["nightSky", "nightSky", "moon", "dunes"], circles: ["night"], posts: 9, avatarOfThing: true },
  { username: "aiko.tnk", name: "田中 愛子", bio: "花と月。", language: "ja", families: ["flower", "moon", "rain"], circles: ["studio", "night"], posts: 7 },
  { username: "samirbenali", name: "Samir Benali", bio: "Marseille la nuit, Alger en rêve.", language: "fr", families: ["rain", "architecture", "windowLight"], circles: ["town"], posts: 7 },
  { username: "ruth.adeyemi", name: "Ruth Adeyemi", bio: "Botanist. I photograph what I press.", families: ["leaf", "flower", "stillLife"], circles: ["studio"], posts: 7, avatarOfThing: true },
  { username: "viktor.horvat", name: "Viktor Horvat", bio: "Smoke, silk, slow exposures. Nothing has a title.", families: ["smoke", "silk", "ice"], circles: ["studio", "town"], posts: 6, avatarOfThing: true },
  { username: "emma.vandijk", name: "Emma van Dijk", bio: "Flat country, big sky. Ballonvaarder.", language: "nl", families: ["fields", "clouds", "delta"], circles: ["coast", "mountains"], posts: 8, avatarOfThing: true },
  { username: "oskarv", name: "Oskar Virtanen", bio: "new here", families: ["forest", "ice"], circles: ["night"], posts: 2 },
];

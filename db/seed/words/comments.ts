import type { Phrase } from "./language";

/** Comments that fit the subject. */
export const COMMENTS: Record<string, readonly Phrase[]> = {
  mountains: ["The depth in this!", "How early did you have to get up?", "I can smell the cold.", "That last ridge, almost not there.", "Was there last autumn and saw exactly nothing. Jealous.", ["de", "Da will ich hin."], ["fr", "Quelle profondeur !"], "Layers upon layers 🏔️", "Print this one large."],
  dunes: ["That edge between light and shadow 👌", "Not a single footprint, how?", "The curve of it.", ["ar", "ما شاء الله، لقطة رائعة"], "I can feel the heat.", "Looks like it was drawn in one stroke.", ["es", "Qué luz."], "Did your camera survive?"],
  forest: ["I want to walk in there.", "You can hear how quiet it is.", ["de", "Wie gemalt."], ["ja", "静かでいいですね。"], "Fog really is the best filter.", "The one in front holds it all together.", "My kind of Monday.", ["sv", "Så stilla!"]],
  meadow: ["Summer evenings, in one picture.", "The backlight!", "I can hear the crickets.", "Knees wet? Worth it.", ["fr", "On sent l'herbe coupée."], "That glow.", "So soft."],
  fields: ["A painting, honestly.", "The little shadows of the trees!", "Which altitude was that?", "I grew up on a patch like this.", ["nl", "Prachtig patroon."], "Wallpaper material.", "Those tracks through it are what makes it for me."],
  delta: ["I thought it was a painting.", "How is this real?", "The rust colour against the grey!", "Nature knows how to draw.", ["es", "Parece pintado a mano."], "Door off?! Respect.", "Would hang this."],
  ice: ["I'd be terrified to stand there.", "How thick is it??", "That blue.", "Like a map of somewhere.", ["sv", "Vilken is!"], "Cold just from looking.", "The fine cracks between the big ones 😍"],
  sea: ["Breathing out.", "That line on the horizon.", ["pt", "Que calma."], "I miss the sea so much right now.", "The reflections are perfect.", ["it", "Che pace."], "Could look at this all day.", "Where does the water end?", "Your sea pictures are the best part of my morning."],
  coast: ["From above everything makes sense.", "The lace!", "That colour can't be real. It is, isn't it?", ["pt", "Que saudade dessa água!"], "Took me a second to see what it is.", "Holiday, now please.", "The foam looks embroidered."],
  clouds: ["Window seat people, unite.", "I'd never sleep on that flight.", "Like you could walk on it.", "The light on the tops!", ["de", "Watte!"], "Captain, can we stay up here?", "Somehow this smells of plane coffee."],
  aurora: ["On my list for ever.", "Did it make a sound?", "WOW.", ["sv", "Helt magiskt."], "The green on everything!", "I would have cried too.", "How long was the exposure?", "Kp what?!"],
  "milky way": ["We forget that it is always there.", "How dark was it really?", "Goosebumps.", ["es", "Impresionante."], "That dust lane!", "Single exposure?", "Showed this to my kids, they went very quiet."],
  "star trails": ["How many frames?", "Makes me dizzy in a good way.", "So patient.", "The one bright arc!", "How did the battery last?", ["de", "Wahnsinn, diese Geduld."]],
  moon: ["The craters along the edge 🤯", "Which lens?", ["ja", "きれいな月ですね。"], "Cloudy here, so thank you.", "She looks close enough to touch.", "I was looking at it at the same time!", ["tr", "Çok güzel."]],
  night: ["The silver road.", "So calm.", "I can hear the water.", ["tr", "Ne güzel bir gece."], "Poster!", "Moonlight is underrated.", "Lovely tones."],
  water: ["I want to jump in.", "The light lines!", "Hypnotic.", "Can hear the splash.", ["it", "Voglio l'estate."], "Physics at its prettiest.", "My eyes are swimming."],
  city: ["This is what my glasses look like all winter.", "The colours!", "Every drop a tiny city.", ["pl", "Klimat!"], "Now I want it to rain.", "Soundtrack, please?", "Blade Runner, but cosy.", ["ja", "雨の日が好きになりそう。"]],
  architecture: ["That shadow!", "Lines for days.", "So clean.", "Where is this?", ["it", "Bellissima luce."], "The blue against it.", "I'd live there for the stairs alone.", "Bofill would nod.", "Graphic and warm at once, how do you do it?"],
  light: ["This wall has a better life than me.", "The shadow is the plant's better half.", "Four o'clock light, I'd know it anywhere.", ["ko", "빛이 참 좋아요."], "So quiet.", "Don't you dare hang a picture there.", "My favourite kind of nothing.", ["fr", "Toute la douceur de l'après-midi."]],
  "still life": ["The glaze on that!", "Morandi would approve.", "That shadow across the table.", "Do you sell these?", ["ko", "그릇이 너무 예뻐요."], "The small one in the corner, my favourite.", "Painterly.", "I can feel the clay."],
  leaf: ["A whole river system.", "So much going on in there.", "Which lens for this?", "Looks like a city from the air.", ["ja", "葉脈がきれい。"], "Never looked at one this closely.", "Stained glass!"],
  flower: ["The spiral!", "What variety is it?", "So soft.", "Maths is beautiful.", ["ko", "예뻐요 🌸"], ["hi", "बहुत सुंदर!"], "Colours 😍", "I'd lose track counting."],
  abstract: ["I see a heron.", "I see a horse, turning away.", "How is it done?", "Could be an album cover.", ["zh", "气韵生动。"], "It's moving, I swear.", "Framed, on my wall, in my head.", "The fine threads at the edge!"],
  silk: ["I want to touch it.", "Like dunes.", "That fold on the left.", "The sheen!", ["fa", "خیلی قشنگه."], "Renaissance sleeves.", "You paint with cloth."],
};

/** Comments that fit anything. */
export const ANYWHERE: readonly Phrase[] = [
  "Beautiful.", "Love this.", "This one ❤️", "Stunning work", "So good.", "Wow, just wow.", "Perfect timing.", "What a mood.", "This made my day.", "Speechless.", "Saved.", "One of your best, I think.", "You keep getting better.",
  "I've looked at this for a full minute.", "The tones!", "Lovely light.", "How do you keep finding these?", "Would love to see this as a print.", "👏👏", "😍", "🤍", "Magic", "Calm.", "Goosebumps.", "The second one is my favourite too.", "Yes!",
  "Quiet and strong.", "Your eye!", "Simple and perfect.", "I needed this today.", "More of these, please.", "Teach me.",
  ["de", "Richtig schön."], ["de", "Großartig!"], ["fr", "Magnifique."], ["fr", "Superbe lumière."], ["es", "Precioso."], ["es", "¡Qué maravilla!"], ["pt", "Que lindo!"], ["pt", "Maravilhosa 💙"], ["it", "Bellissima."], ["it", "Complimenti!"],
  ["ja", "すてきです。"], ["ja", "美しい…"], ["ko", "너무 좋아요!"], ["ar", "رائع جدًا"], ["ar", "إبداع 👏"], ["tr", "Harika!"], ["pl", "Piękne."], ["sv", "Så fint!"], ["zh", "太美了。"], ["hi", "शानदार!"], ["el", "Υπέροχο!"], ["nl", "Prachtig!"], ["fa", "عالی بود."],
];

/** What authors answer; `@` becomes the name of the one they answer. */
export const ANSWERS: readonly Phrase[] = [
  "Thank you! 🤍", "@ thank you so much", "@ that means a lot, thanks!", "Thanks, glad you like it.", "@ ha, exactly!", "@ thank you! I nearly didn't post it.", "Thank you 🙏", "@ next time come along!", "@ you are too kind", "Appreciate it!", "@ same here", "@ I see it too now!",
  ["de", "@ danke dir!"], ["de", "Danke! Freut mich sehr."], ["fr", "@ merci beaucoup !"], ["fr", "Merci 🤍"], ["pt", "@ obrigada!"], ["pt", "Valeu demais!"], ["es", "@ ¡gracias!"], ["es", "Mil gracias 🙏"], ["it", "@ grazie mille!"], ["ja", "@ ありがとうございます！"], ["ja", "ありがとう！"],
  ["ko", "@ 고마워요!"], ["ar", "@ شكرًا جزيلًا"], ["tr", "@ teşekkürler!"], ["pl", "@ dzięki!"], ["sv", "@ tack snälla!"], ["zh", "@ 谢谢！"], ["hi", "@ धन्यवाद!"], ["el", "@ ευχαριστώ πολύ!"], ["nl", "@ dank je wel!"], ["fa", "@ ممنونم!"],
];

/** What authors answer to a question. */
export const EXPLANATIONS: readonly Phrase[] = [
  "@ pure luck, honestly.", "@ handheld, believe it or not.", "@ it took a while, yes 😅", "@ I'll tell you over coffee.", "@ no secret, just patience.", "@ good question! I'd have to look it up.", "@ a cheap old tripod and a cable release.", "@ ha, everybody asks. I'll write something about it.", "@ come along next time and see!",
];

/** What others add below a comment. */
export const ASIDES: readonly Phrase[] = [
  "Agreed.", "Same!", "@ came here to say this", "@ yes, that one!", "@ right?", "@ we should all go there", "+1", "@ 😄", "@ I thought so too at first.", "This.", "@ good question, I'd like to know as well",
];

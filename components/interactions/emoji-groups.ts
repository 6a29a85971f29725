/** A plain choice; by the API and the keyboard of the system any other can be had, too. Each a whole emoji in its full form (a test says so). */
const GROUPS = {
  Faces: "😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤑 🤗 🤭 🤫 🤔 🤐 🤨 😐 😶 😏 😒 🙄 😬 😌 😔 😪 🤤 😴 😷 🤒 🤕 🤢 🤮 🤧 🥵 🥶 🥴 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😲 😳 🥺 😨 😰 😥 😢 😭 😱 😖 😞 😓 😩 😫 🥱 😤 😡 😠 🤬 😈 💀 💩 🤡 👻 👽 🤖 😺 😻 🙈 🙉 🙊",
  Gestures: "👍 👎 👌 ✌️ 🤞 🤟 🤘 🤙 👈 👉 👆 👇 ☝️ ✋ 👋 👏 🙌 👐 🤲 🤝 🙏 ✍️ 💪 👀 👁️ 🧠 💅 🤷 🤦 🙋 🙇 🕺 💃 🧗 🏄 🚴",
  Hearts: "❤️ 🧡 💛 💚 💙 💜 🤎 🖤 🤍 💔 ❣️ 💕 💞 💓 💗 💖 💘 💝 💯 💥 💫 💦 💨 💬 💤",
  Nature: "🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦅 🦉 🐺 🐝 🦋 🐌 🐞 🐢 🐙 🐬 🐳 🐠 🦈 🐘 🦒 🐎 🐑 🦌 🌵 🎄 🌲 🌳 🌴 🌱 🌿 🍀 🍁 🍂 🍄 🌾 💐 🌷 🌹 🌺 🌸 🌼 🌻 🌞 🌝 🌙 ⭐ 🌟 ✨ ⚡ ☀️ ⛅ ☁️ 🌧️ ⛈️ ❄️ ⛄ 🌈 🌊 🔥 🌍",
  Food: "🍎 🍊 🍋 🍉 🍇 🍓 🫐 🍒 🍑 🥝 🍅 🥑 🌶️ 🌽 🥐 🍞 🧀 🍳 🥞 🍔 🍟 🍕 🌮 🍣 🍜 🍝 🍦 🍩 🍪 🎂 🍰 🍫 🍿 ☕ 🍵 🍺 🍷 🥂",
  Things: "📷 📸 🎥 🎞️ 🎨 🎭 🎸 🎹 🎧 📚 🎲 🎯 🏆 🥇 ⚽ 🏀 🎾 🏐 ⛷️ 🏂 🏔️ 🏕️ 🏖️ 🏝️ 🌋 🏠 🏙️ 🌃 🌅 🌇 🌉 🚗 🚲 🚂 ✈️ 🚀 ⛵ 🚢 🎈 🎉 🎊 🎁 💡 💎 🔔 ⏳ 📌 ✅ ❌ ❓ ❗ 🆗 🏳️‍🌈",
};

export const EMOJI_GROUPS = Object.entries(GROUPS).map(([name, emoji]) => ({ name, emoji: emoji.split(" ") }));

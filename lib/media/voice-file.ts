/** Name of a voice note below `media/{id}/{version}/`. */
export const VOICE_FILE = "voice.m4a";

/** What to say of mail once everything runs, or null when it goes out as it should. @param {NodeJS.ProcessEnv} env @returns {Promise<string | null>} */
export async function mailNote(env) {
  if (!env.SMTP_URL) return "No mail server is set: mail is kept, and `npm run mail` shows it. Set SMTP_URL to send it.";
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({ url: env.SMTP_URL, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 });
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return `Mail cannot be sent: ${error.message.split("\n")[0]}. Check SMTP_URL; until then mail waits for up to a day.`;
  } finally {
    transport.close();
  }
}

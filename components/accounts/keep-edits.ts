type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const fieldsOf = (form: HTMLFormElement) => [...form.elements].filter((element): element is Field => element.matches("input:not([type=file], [type=hidden]), textarea, select"));
const isTicked = (field: Field): field is HTMLInputElement => field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
const read = (field: Field) => (isTicked(field) ? field.checked : field.value);

function write(field: Field, value: string | boolean) {
  if (isTicked(field)) field.checked = value === true;
  else field.value = String(value);
}

/**
 * React puts a form's fields back to what the answer says when the answer comes. What somebody changed since the form was
 * sent is not part of that answer: it stays. Returns how to stop.
 */
export function keepEdits(form: HTMLFormElement): () => void {
  let sent: (readonly [Field, string | boolean])[] = [];
  const remember = () => void (sent = fieldsOf(form).map((field) => [field, read(field)] as const));
  const restore = () => {
    const edited = sent.map(([field, before]) => [field, before, read(field)] as const).filter(([, before, now]) => now !== before);
    sent = [];
    // After the reset, which is told before it is done.
    queueMicrotask(() => edited.forEach(([field, , now]) => write(field, now)));
  };
  form.addEventListener("submit", remember, true);
  form.addEventListener("reset", restore);
  return () => {
    form.removeEventListener("submit", remember, true);
    form.removeEventListener("reset", restore);
  };
}

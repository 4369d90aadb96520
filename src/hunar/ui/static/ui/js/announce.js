// Words for screen readers, spoken when the reader pauses.
const words = document.body.dataset;

export function say(key) {
  return words[`say${key[0].toUpperCase()}${key.slice(1)}`] || "";
}

export function announce(sentence) {
  const announcer = document.getElementById("announcer");
  if (!announcer || !sentence) return;
  announcer.replaceChildren();
  requestAnimationFrame(() => announcer.append(sentence));
}

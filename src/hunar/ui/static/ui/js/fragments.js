// What htmx does is said aloud, and a lost connection is shown.
const words = document.body.dataset;

function announce(sentence) {
  const announcer = document.getElementById("announcer");
  if (!announcer || !sentence) return;
  announcer.replaceChildren();
  requestAnimationFrame(() => announcer.append(sentence));
}

document.addEventListener("htmx:afterSwap", (event) => {
  const spoken = event.detail.target?.querySelector?.("[data-announce]");
  announce(spoken?.dataset.announce || spoken?.textContent);
});

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const status = event.detail.xhr?.status ?? 0;
    if (status >= 400 && status < 500) return;
    const messages = document.getElementById("messages");
    const notice = Object.assign(document.createElement("div"), { className: "notice bad" });
    notice.append(status >= 500 ? words.sayBroken : words.sayFailed);
    messages?.replaceChildren(notice);
  });
}

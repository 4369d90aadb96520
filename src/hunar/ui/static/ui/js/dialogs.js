// Questions before an act. [data-confirm] asks its own sentence; a link with
// [data-dialog] shows the danger zone of the page that it leads to. Without this
// module the link simply leads there.
const words = document.body.dataset;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function show(...content) {
  const dialog = element("dialog", { className: "dialog" }, ...content);
  dialog.setAttribute("aria-label", content[0].textContent.trim().slice(0, 120));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function ask(sentence) {
  const yes = element("button", { className: "button", type: "button" }, words.sayYes);
  const no = element("button", { className: "button quiet", type: "button" }, words.sayNo);
  no.dataset.close = "";
  const dialog = show(
    element("p", {}, sentence),
    element("div", { className: "actions" }, yes, no),
  );
  return new Promise((resolve) => {
    yes.addEventListener("click", () => {
      resolve(true);
      dialog.close();
    });
    dialog.addEventListener("close", () => resolve(false));
  });
}

document.addEventListener(
  "click",
  async (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button || button.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(await ask(button.dataset.confirm))) return;
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  },
  true,
);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const zone = page.querySelector(".danger-zone");
    if (!answer.ok || !zone) throw new Error("no danger zone");
    if (!zone.hasAttribute("action")) zone.setAttribute("action", answer.url);
    show(document.adoptNode(zone));
  } catch {
    location.assign(link.href);
  }
});

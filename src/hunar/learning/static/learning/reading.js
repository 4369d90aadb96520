// Tells the server every half minute that the lesson is really being read: only while the
// page is visible and the reader did something in the last two minutes.

const reader = document.querySelector("[data-beat]");

if (reader) {
  const patience = 120_000;
  const every = Number(reader.dataset.beatSeconds) * 1000;
  const shown = document.querySelector("[data-minutes-read]");
  const form = document.querySelector("[data-finish]");
  let lastAct = Date.now();

  for (const kind of ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"]) {
    addEventListener(kind, () => { lastAct = Date.now(); }, { passive: true });
  }

  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");

  const beat = async (isLeaving = false) => {
    if ((document.hidden && !isLeaving) || Date.now() - lastAct > patience) return;
    try {
      const answer = await fetch(reader.dataset.beat, { method: "POST", headers, keepalive: true });
      if (!answer.ok) return;
      const { seconds } = await answer.json();
      if (shown) shown.textContent = String(Math.floor(seconds / 60));
    } catch {
      // The connection is away; the next beat counts at most 45 seconds anyway.
    }
  };

  setInterval(() => beat(), every);
  // The last part of a minute counts too when the reader turns away.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) beat(true);
    else lastAct = Date.now();
  });
  if (form) {
    const mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = "beats";
    mark.value = "yes";
    form.append(mark);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await beat();
      form.submit();
    }, { once: true });
  }
}

// Signed out while writing, and signed in again in another tab: the forms of this page still hold what was typed, and
// need only the token of the new session. Without this file the page that a form comes back to shows what was written.
(() => {
  "use strict";
  const place = document.getElementById("signed-out");
  if (!place) return;

  async function comeBack() {
    if (!place.querySelector("[role=alert]") || document.visibilityState !== "visible") return;
    const answer = await fetch(location.href);
    if (new URL(answer.url).pathname !== location.pathname) return; // still asked to sign in
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token) return;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
    place.querySelector("[role=alert]").remove();
    place.querySelector("[data-signed-in]").hidden = false;
  }

  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("focus", comeBack);
  // What was saved after all needs no notice any more.
  document.addEventListener("htmx:beforeRequest", () => { if (!place.querySelector("[role=alert]")) place.replaceChildren(); });
})();

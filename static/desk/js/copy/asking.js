// Questions to the desk: JSON there and back, the newest one only, and not while somebody is typing.

import { gettext } from "desk/copy/text";

const WAIT = 700;

export class Refusal extends Error {}

function token() {
  return document.querySelector("#story-form [name=csrfmiddlewaretoken]").value;
}

const SIGNED_OUT = gettext("You are signed out. Sign in in another window, then go on here.");
const NOT_REACHED = gettext("The desk cannot be reached. What you write is not lost; it is asked again as you go on.");

async function read(answer) {
  const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  if (!isJson) {
    throw new Refusal(answer.status === 403 || answer.redirected ? SIGNED_OUT : NOT_REACHED);
  }
  const told = await answer.json();
  if (!answer.ok) {
    throw new Refusal(told.problem);
  }
  return told;
}

async function fetched(address, options) {
  try {
    return await fetch(address, { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Refusal(NOT_REACHED);
  }
}

// Send something and return the answer. Throws `Refusal` with words for whoever asked.
export async function post(address, said, signal) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  return read(await fetched(address, { method: "POST", headers, body: JSON.stringify(said), signal }));
}

export async function get(address, values, signal) {
  return read(await fetched(`${address}?${new URLSearchParams(values)}`, { signal }));
}

// Ask with `ask(signal)` once things have been quiet for a moment; an answer that is overtaken is dropped.
export class Asker {
  constructor(ask, { answered, refused, wait = WAIT }) {
    Object.assign(this, { ask, answered, refused, wait, timer: 0, running: null });
  }

  stop() {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
  }

  soon(wait = this.wait) {
    this.stop();
    this.timer = setTimeout(() => this.now(), wait);
  }

  async now() {
    this.stop();
    const running = new AbortController();
    this.running = running;
    try {
      const told = await this.ask(running.signal);
      if (this.running === running) {
        this.answered(told);
      }
    } catch (error) {
      if (error.name !== "AbortError" && this.running === running) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        this.refused(error.message);
      }
    }
  }
}

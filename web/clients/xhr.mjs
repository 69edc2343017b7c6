// XMLHttpRequest as browsers have it, as far as grpc-web uses it, over fetch. The ones on npm hold the
// answer back until it is whole, and a stream that nobody sees growing proves nothing.
export class XMLHttpRequest {
  readyState = 0;
  response = '';
  responseText = '';
  responseType = '';
  status = 0;
  statusText = '';
  timeout = 0;
  withCredentials = false;
  onreadystatechange = null;
  ontimeout = null;
  upload = {};

  #method;
  #url;
  #sent = new Headers();
  #headers = new Headers();
  #abort = new AbortController();
  #done = false;

  open(method, url) {
    this.#method = method;
    this.#url = url;
    this.#state(1);
  }

  setRequestHeader(name, value) {
    this.#sent.append(name, value);
  }

  getResponseHeader(name) {
    return this.#headers.get(name);
  }

  getAllResponseHeaders() {
    return [...this.#headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  overrideMimeType() {}

  abort() {
    if (!this.#done) {
      this.#done = true;
      this.#abort.abort();
      this.status = 0;
      this.#state(4);
    }
    this.readyState = 0;
  }

  send(body) {
    this.#exchange(body).catch(() => {
      if (!this.#done) {
        this.#done = true;
        this.status = 0;
        this.#state(4);
      }
    });
  }

  async #exchange(body) {
    const timer =
      this.timeout > 0 ? setTimeout(() => (this.ontimeout ? this.ontimeout() : this.abort()), this.timeout) : undefined;
    try {
      const answer = await fetch(this.#url, {
        method: this.#method,
        headers: this.#sent,
        body,
        signal: this.#abort.signal,
      });
      if (this.#done) return;
      this.status = answer.status;
      this.statusText = answer.statusText;
      this.#headers = answer.headers;
      this.#state(2);
      await (this.responseType === 'arraybuffer' ? this.#bytes(answer) : this.#text(answer));
    } finally {
      clearTimeout(timer);
    }
  }

  /** A browser shows bytes only when they are all there. */
  async #bytes(answer) {
    this.response = null;
    const whole = await answer.arrayBuffer();
    if (this.#done) return;
    this.response = whole;
    this.#finish();
  }

  async #text(answer) {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      if (this.#done) return;
      this.responseText += decoder.decode(chunk, { stream: true });
      this.response = this.responseText;
      this.#state(3);
    }
    if (!this.#done) this.#finish();
  }

  #finish() {
    this.#done = true;
    this.#state(4);
  }

  #state(state) {
    this.readyState = state;
    this.onreadystatechange?.();
  }
}

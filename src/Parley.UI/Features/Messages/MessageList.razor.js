// Where the reader is in the list of messages, and that they stay there whatever comes in above, below or inside. There are two places to be: at the
// present, or at a message with its distance from the upper edge. Each change of the page puts the reader back to that place before it is painted.

const lists = new Map();

// By the time that the module has arrived the reader may be in another conversation: then there is no such element any more.
export function attach(viewport, content, dotnet, number, offset) {
  sweep();
  if (viewport !== null) lists.set(viewport, new ReadingPlace(viewport, content, dotnet, number, offset));
}

export function toPresent(viewport) {
  lists.get(viewport)?.toPresent();
}

export function toNumber(viewport, number) {
  lists.get(viewport)?.toNumber(number);
}

// Blazor takes an element out of the page before it tells the component, so a list is known to be over by its absence.
export function sweep() {
  for (const [viewport, place] of lists) {
    if (viewport.isConnected) continue;
    place.detach();
    lists.delete(viewport);
  }
}

// Half a pixel of rounding is not scrolling.
const closeToEnd = 2;
const reportDelayMilliseconds = 100;

class ReadingPlace {
  constructor(viewport, content, dotnet, number, offset) {
    this.viewport = viewport;
    this.content = content;
    this.dotnet = dotnet;
    this.anchor = number === null ? null : { number, offset };
    this.asking = { older: false, newer: false };
    this.leaving = new AbortController();

    const options = { signal: this.leaving.signal, passive: true };
    viewport.addEventListener('scroll', () => this.onScroll(), options);
    window.addEventListener('focus', () => this.watch(), options);
    window.addEventListener('blur', () => this.watch(), options);
    document.addEventListener('visibilitychange', () => this.watch(), options);

    // Called after Blazor has changed the page and before the browser paints it.
    this.changes = new MutationObserver(() => this.settle());
    this.changes.observe(content, { childList: true, subtree: true, characterData: true });
    this.sizes = new ResizeObserver(() => this.settle());
    this.sizes.observe(viewport);
    this.sizes.observe(content);
    this.settle();
    this.watch();
  }

  detach() {
    this.leaving.abort();
    this.changes.disconnect();
    this.sizes.disconnect();
    clearTimeout(this.reporting);
  }

  watch() {
    const watched = document.visibilityState === 'visible' && document.hasFocus();
    if (watched === this.watched) return;
    this.watched = watched;
    this.call('Watch', watched);
  }

  toPresent() {
    this.anchor = null;
    this.settle();
    this.report();
  }

  toNumber(number) {
    this.anchor = { number, offset: this.viewport.clientHeight / 3 };
    this.settle();
    this.report();
  }

  settle() {
    if (this.anchor === null) {
      this.viewport.scrollTop = this.viewport.scrollHeight;
    } else {
      const row = this.content.querySelector(`[data-number="${this.anchor.number}"]`);
      const away = row ? this.topOf(row) - this.anchor.offset : 0;
      if (Math.abs(away) >= 0.5) this.viewport.scrollTop += away;
    }
    this.sizeNow = this.size();
    this.askAtEdges();
  }

  size() {
    return `${this.viewport.clientHeight} ${this.viewport.scrollHeight} ${this.viewport.clientWidth}`;
  }

  onScroll() {
    // The browser itself scrolls where the list's size changes, and says so before the observers do. That is not the reader.
    if (this.size() !== this.sizeNow) {
      this.settle();
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = this.viewport;
    const atEnd = scrollHeight - clientHeight - scrollTop <= closeToEnd && this.content.dataset.newer !== 'true';
    const was = this.anchor === null;
    this.anchor = atEnd ? null : this.firstInView();
    this.askAtEdges();
    clearTimeout(this.reporting);
    if (was !== (this.anchor === null)) this.report();
    else this.reporting = setTimeout(() => this.report(), reportDelayMilliseconds);
  }

  report() {
    this.call('SettleAt', this.anchor?.number ?? null, this.anchor?.offset ?? 0);
  }

  topOf(row) {
    return row.getBoundingClientRect().top - this.viewport.getBoundingClientRect().top;
  }

  // The rows stand in order, so the first one that reaches into the view is found by halving.
  firstInView() {
    const rows = this.content.querySelectorAll('[data-number]');
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.topOf(rows[middle]) + rows[middle].offsetHeight > 0) high = middle;
      else low = middle + 1;
    }
    const row = rows[low];
    return row ? { number: Number(row.dataset.number), offset: this.topOf(row) } : null;
  }

  // Asked for well before the end comes into view, so that there is no end to be seen.
  askAtEdges() {
    const { scrollTop, scrollHeight, clientHeight } = this.viewport;
    const near = 2 * clientHeight;
    if (scrollTop < near && this.content.dataset.older === 'true') this.ask('older', 'ShowOlderAsync');
    if (scrollHeight - clientHeight - scrollTop < near && this.content.dataset.newer === 'true') this.ask('newer', 'ShowNewerAsync');
  }

  async ask(edge, method) {
    if (this.asking[edge]) return;
    this.asking[edge] = true;
    const came = await this.call(method);
    this.asking[edge] = false;
    // Where nothing came (no connection), the next scrolling asks again.
    if (came) this.askAtEdges();
  }

  async call(method, ...args) {
    try {
      return await this.dotnet.invokeMethodAsync(method, ...args);
    } catch {
      // The component is gone: the reader went to another conversation in this moment.
      return false;
    }
  }
}

package io.clawlive.sdk.internal;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A list that is read page by page while it is iterated. Every iterator begins anew. */
public final class Pages<P, T> implements Iterable<T> {
  private final Function<String, P> read;
  private final Function<P, List<T>> items;
  private final Function<P, String> next;

  /** {@code read} takes a page token, first the empty one; {@code next} gives the following. */
  public Pages(Function<String, P> read, Function<P, List<T>> items, Function<P, String> next) {
    this.read = read;
    this.items = items;
    this.next = next;
  }

  @Override
  public Iterator<T> iterator() {
    return new Walk();
  }

  private final class Walk implements Iterator<T> {
    private Iterator<T> page = List.<T>of().iterator();
    private String token = "";
    private boolean last;

    @Override
    public boolean hasNext() {
      // A page may be empty and still have a follower.
      while (!page.hasNext() && !last) {
        P read = Pages.this.read.apply(token);
        page = items.apply(read).iterator();
        token = next.apply(read);
        last = token.isEmpty();
      }
      return page.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.next();
    }
  }
}

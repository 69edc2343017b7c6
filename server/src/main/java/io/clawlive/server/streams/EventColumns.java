package io.clawlive.server.streams;

import java.util.List;

/**
 * Events of some streams as columns, which is how they are sent.
 *
 * @param streams which of the streams, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one statement and never compared.
record EventColumns(
    int[] streams, long[] sequences, short[] kinds, short[] levels, byte[][] contents) {

  EventColumns(List<StreamDraft> drafts) {
    this(drafts, drafts.stream().mapToInt(draft -> draft.events().size()).sum());
  }

  private EventColumns(List<StreamDraft> drafts, int size) {
    this(new int[size], new long[size], new short[size], new short[size], new byte[size][]);
    int i = 0;
    for (int n = 0; n < drafts.size(); n++) {
      for (StoredEvent event : drafts.get(n).events()) {
        streams[i] = n + 1;
        sequences[i] = event.sequence();
        kinds[i] = (short) event.kind();
        levels[i] = (short) event.level();
        contents[i] = event.content();
        i++;
      }
    }
  }
}

/**
 * The event log: append to a stream, watch it, read it in pages.
 *
 * <p>Public: {@link io.clawlive.server.streams.EventLog}, through which other nouns open streams
 * and write events; {@link io.clawlive.server.streams.Publishers}, the streams somebody is writing
 * to; {@link io.clawlive.server.streams.Audiences}, how many watch; {@link
 * io.clawlive.server.streams.StreamPages}, the stored events as messages; {@link
 * io.clawlive.server.streams.EventReader}, the stored events a page at a time; {@link
 * io.clawlive.server.streams.EventLedger}, events in a transaction of the caller's own; {@link
 * io.clawlive.server.streams.Watches}, watchers for whoever has a {@link
 * io.clawlive.server.streams.WatchSink}; {@link io.clawlive.server.streams.EventSearch}; and {@link
 * io.clawlive.server.streams.StreamAudience}, by which a noun says with what {@link
 * io.clawlive.server.streams.Eyes} its streams are looked at, so that {@link
 * io.clawlive.server.streams.EventProjection} shows each reader what it may see.
 *
 * <p>Tables: {@code streams}, {@code stream_events}, {@code producers}. Invariants: the sequences
 * of a stream are 1, 2, 3 … without gaps; a producer's number is stored at most once; whatever was
 * acknowledged is committed; an event is never changed.
 *
 * <p>The way in: {@link io.clawlive.server.streams.StreamGrpcService} → {@link
 * io.clawlive.server.streams.EventLog} → {@link io.clawlive.server.streams.EventWriter}. The way
 * out: {@link io.clawlive.server.streams.EventFeed} → {@link io.clawlive.server.streams.Watcher}.
 * What other servers write comes in by {@link io.clawlive.server.streams.Doorbell}, and by a poll
 * where no bell rings, through {@link io.clawlive.server.streams.FeedFiller}.
 */
@NullMarked
package io.clawlive.server.streams;

import org.jspecify.annotations.NullMarked;

/**
 * The load: events of the right size that carry the moment of their publishing, publishers that
 * keep a number of events unacknowledged, and crowds of watchers.
 *
 * <p>Publishers go through the SDK, as an agent does. Crowds do not: thousands of watchers share
 * the machine with the server that they measure, so {@link io.clawlive.bench.load.Crowd} speaks
 * gRPC by itself, a handful of connections for all, and reads from an answer only what the figures
 * need. It is load, not a client to copy.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.load;

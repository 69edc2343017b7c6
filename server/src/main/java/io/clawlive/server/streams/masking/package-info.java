/**
 * Secret masking: what an event says is searched for secrets before it is stored, and each one is
 * replaced by {@code [masked:<kind>]}.
 *
 * <p>Public are {@link io.clawlive.server.streams.masking.EventMasker}, which masks encoded events
 * and single texts, and {@link io.clawlive.server.streams.masking.MaskingConfiguration}. Start
 * reading at {@code EventMasker}; {@code Catalog} lists everything that is recognised.
 *
 * <p>Three invariants hold. An event without a secret comes back as the same array. Masking what is
 * masked changes nothing. The time is linear in the length of the text, whatever the text is: one
 * automaton finds keywords in a single pass, and a rule that looks around a keyword either masks
 * what it read or gives up after a bounded number of bytes.
 */
@NullMarked
package io.clawlive.server.streams.masking;

import org.jspecify.annotations.NullMarked;

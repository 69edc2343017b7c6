/**
 * The system under test as its users meet it: the server and the command line as processes, the
 * PostgreSQL below, and what the operating system says about each.
 *
 * <p>Start at {@link io.clawlive.bench.target.Target}, which starts servers, and {@link
 * io.clawlive.bench.target.JvmProcess}, which reads processor time and memory from {@code /proc}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.target;

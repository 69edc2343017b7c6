/**
 * The load harness: measures the product through its public doors, with peers and limits beside it
 * in the same run, and holds the ratios against what is required.
 *
 * <p>{@link io.clawlive.bench.Main} is the program; every workload is a package. Start at {@code
 * BenchCommand}. {@code bench/README.md} says how to run it and what each row means.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench;

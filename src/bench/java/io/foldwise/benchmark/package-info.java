/**
 * Ratios against peers and growth, in one run and one table: what {@code submit/benchmark} runs.
 * {@link io.foldwise.benchmark.Benchmark} is the main class; each {@link
 * io.foldwise.benchmark.Section} is a {@link io.foldwise.benchmark.Measurement} of its own. It uses
 * the public classes that the command line uses; nothing of it is in the built jar.
 */
package io.foldwise.benchmark;

/**
 * Ratios against peers, in one run and one table: what {@code submit/benchmark} runs. {@link
 * io.foldwise.benchmark.Benchmark} is the main class. It uses the public classes that the command
 * line uses; nothing of it is in the built jar.
 */
package io.foldwise.benchmark;

package io.foldwise.benchmark;

import java.io.IOException;

/** One part of the benchmark, which adds its lines to the table. */
interface Measurement {
  void run() throws IOException, InterruptedException;
}

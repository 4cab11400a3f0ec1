package io.foldwise.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** The heap that this JVM has used at most, garbage included: its pools' peaks added up. */
final class PeakHeap {
  private PeakHeap() {}

  static void reset() {
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  static long mebibytes() {
    return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
  }

  static long mostMebibytes() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}

package io.foldwise.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.util.OptionalLong;

/**
 * The most memory of the GPU in use from its start to {@link #close}, asked of the driver twice a
 * second and, exactly, of RAPIDS' memory manager. The driver's includes the pool that RAPIDS takes
 * at its start, whatever is in it.
 */
final class GpuMemory implements AutoCloseable {
  private static final String MANAGER = "ai.rapids.cudf.Rmm";
  private static final long PAUSE_MILLIS = 500;

  private final NvidiaSmi smi;
  private final Thread sampler;
  private volatile long most = -1;

  private GpuMemory(NvidiaSmi smi) {
    this.smi = smi;
    this.sampler = new Thread(this::sample, "gpu-memory");
    sampler.setDaemon(true);
  }

  /** Starts afresh. */
  static GpuMemory watched(NvidiaSmi smi) {
    GpuMemory memory = new GpuMemory(smi);
    manager("resetScopedMaximumBytesAllocated");
    memory.sampler.start();
    return memory;
  }

  private void sample() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        most = Math.max(most, smi.usedMebibytes().orElse(-1));
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** MiB by the driver, the pool among them. */
  OptionalLong driverMebibytes() {
    return most < 0 ? OptionalLong.empty() : OptionalLong.of(most);
  }

  /** MiB that queries held at once; empty where RAPIDS does not say. */
  static OptionalLong heldMebibytes() {
    return manager("getScopedMaximumBytesAllocated") instanceof Long bytes && bytes > 0
        ? OptionalLong.of(bytes >> 20)
        : OptionalLong.empty();
  }

  /** Its classes are there only where the plugin is, and only for those who ask Spark's loader. */
  private static Object manager(String method) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return Class.forName(MANAGER, true, loader).getMethod(method).invoke(null);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | LinkageError notThere) {
      return notThere;
    }
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}

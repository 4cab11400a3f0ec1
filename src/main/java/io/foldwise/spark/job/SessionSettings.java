package io.foldwise.spark.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Settings of a person's session that work here has to change: afterwards they are what they were,
 * once nobody works in the session any more, from however many threads.
 */
public final class SessionSettings {
  /** The settings that are changed somewhere: where files are cut, and whether a GPU runs SQL. */
  private static final List<String> CHANGED =
      List.of("spark.sql.files.minPartitionNum", "spark.rapids.sql.enabled");

  private static final Map<SparkSession, SessionSettings> AT_WORK = new WeakHashMap<>();

  private final Map<String, Optional<String>> before = new HashMap<>();
  private int workers;

  private SessionSettings(SparkSession spark) {
    for (String key : CHANGED) {
      Option<String> value = spark.conf().getOption(key);
      before.put(key, value.isDefined() ? Optional.of(value.get()) : Optional.empty());
    }
  }

  /** Does work and leaves the session as it was. */
  public static <T> T restored(SparkSession spark, Supplier<T> work) {
    begin(spark);
    try {
      return work.get();
    } finally {
      end(spark);
    }
  }

  private static void begin(SparkSession spark) {
    synchronized (AT_WORK) {
      AT_WORK.computeIfAbsent(spark, SessionSettings::new).workers++;
    }
  }

  private static void end(SparkSession spark) {
    synchronized (AT_WORK) {
      SessionSettings own = AT_WORK.get(spark);
      if (--own.workers == 0) {
        AT_WORK.remove(spark);
        own.before.forEach(
            (key, value) ->
                value.ifPresentOrElse(
                    set -> spark.conf().set(key, set), () -> spark.conf().unset(key)));
      }
    }
  }
}

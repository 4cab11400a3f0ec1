package io.foldwise.spark.data.source.pickle;

import io.foldwise.input.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file that keeps training and test rows apart. The arrays {@code x_train} or {@code
 * train_x} hold the training rows of {@code x}, {@code x_test} or {@code test_x} the test rows. In
 * a file without such training arrays, all arrays except the test arrays hold training rows.
 */
enum PickleSplit {
  TRAIN,
  TEST;

  private static final Pattern TRAIN_NAME = name("train");
  private static final Pattern TEST_NAME = name("test");

  /**
   * The split of an option's value.
   *
   * @throws InvalidInputException unless it is {@code train} or {@code test}
   */
  static PickleSplit of(String option) {
    return switch (option.toLowerCase(Locale.ROOT)) {
      case "train" -> TRAIN;
      case "test" -> TEST;
      default ->
          throw new InvalidInputException(
              "'split' (" + option + ") must be 'train' or 'test': which rows to read");
    };
  }

  /** The entries of this split by their names without {@code train} or {@code test}; maybe none. */
  <V> Map<String, V> of(Map<String, V> arrays) {
    Map<String, V> named = matching(arrays, this == TRAIN ? TRAIN_NAME : TEST_NAME);
    if (this == TRAIN && named.isEmpty()) {
      named.putAll(arrays);
      named.keySet().removeIf(name -> TEST_NAME.matcher(name).matches());
    }
    return named;
  }

  private static <V> Map<String, V> matching(Map<String, V> arrays, Pattern of) {
    Map<String, V> named = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          Matcher matcher = of.matcher(name);
          if (matcher.matches()) {
            named.put(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), array);
          }
        });
    return named;
  }

  private static Pattern name(String split) {
    return Pattern.compile("(.+)_" + split + "|" + split + "_(.+)");
  }
}

package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VocabularyTest {
  private static final List<String> AXES = Arrays.stream(Axis.values()).map(Axis::label).toList();

  @ParameterizedTest
  @CsvSource({
    "learning_rate, learning-rate",
    "learningRate, learning-rate",
    "learn, learning-rate",
    "epoch, epochs",
    "optimiser, optimizer",
    "batchsize, batch-size",
    "Degree, degree",
    "degre, degree",
    "momentun, momentum",
    "tao, tau"
  })
  void aSlipIsNearTheNameThatWasMeant(String word, String name) {
    assertEquals(Optional.of(name), Vocabulary.nearest(word, AXES));
  }

  /** A guess that is wrong misleads. */
  @ParameterizedTest
  @ValueSource(strings = {"l3", "depth", "x", "colour", "lr", "rows", ""})
  void aWordThatIsLikeNoneHasNoGuess(String word) {
    assertEquals(Optional.empty(), Vocabulary.nearest(word, AXES));
  }

  @Test
  void theNearestOfSeveralIsTaken() {
    List<String> names = List.of("fold-column", "folds", "fold-strategy");
    assertEquals(Optional.of("folds"), Vocabulary.nearest("fold", names));
    assertEquals(Optional.of("fold-strategy"), Vocabulary.nearest("fold-strat", names));
  }

  @ParameterizedTest
  @CsvSource({
    "lr, learning-rate",
    "maxIter, epochs",
    "max_iter, epochs",
    "--max-iter, epochs",
    "random_state, seed",
    "C, l2",
    "n_splits, folds"
  })
  void wordsOfOtherLibrariesAreKnownHoweverTheyAreJoined(String word, String option) {
    assertEquals(option, Vocabulary.elsewhere(word).orElseThrow().option());
  }

  @Test
  void noAxisIsTakenForAnothersWord() {
    assertTrue(Vocabulary.elsewhere().contains("lr"));
    for (String axis : AXES) {
      assertFalse(Vocabulary.elsewhere().contains(axis), axis);
    }
  }
}

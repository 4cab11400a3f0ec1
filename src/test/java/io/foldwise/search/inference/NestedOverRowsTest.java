package io.foldwise.search.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.search.Regrouping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestedOverRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 9, 10, 20})
  void everyTwoFoldsMeetOnceAndEachMeetsOneInARound(int folds) {
    List<int[]> rounds = NestedOverRows.rounds(folds);
    assertEquals(folds % 2 == 0 ? folds - 1 : folds, rounds.size());
    assertEquals(Regrouping.rounds(folds), rounds.size());
    Set<List<Integer>> met = new HashSet<>();
    for (int[] meets : rounds) {
      int resting = 0;
      for (int fold = 0; fold < folds; fold++) {
        assertEquals(fold, meets[meets[fold]]);
        resting += meets[fold] == fold ? 1 : 0;
        if (meets[fold] > fold) {
          met.add(List.of(fold, meets[fold]));
        }
      }
      assertEquals(folds % 2, resting);
    }
    assertEquals(folds * (folds - 1) / 2, met.size());
  }
}

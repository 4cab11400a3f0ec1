package io.foldwise.search.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.Grid;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What trains again elsewhere is what was sent there, to the bit. */
final class MomentsSnapshotTest {
  private static final int ROWS = 60;
  private static final List<String> FEATURES = List.of("a", "b");

  @Test
  void aSnapshotThatWasReadTrainsToTheSameBits() throws IOException {
    for (InitialWeights initial :
        List.of(
            new InitialWeights.Baseline(),
            new InitialWeights.Zeros(),
            new InitialWeights.Normal(),
            new InitialWeights.Uniform(),
            new InitialWeights.Given(1, Map.of("a", 2.0, "b", -1.0)))) {
      MomentsSnapshot sent = snapshot(initial, Assignment.TrainedOn.EARLIER_PURGED);
      MomentsSnapshot received = readAgain(sent);
      for (TrialResult[] pair : trained(sent, received)) {
        assertArrayEquals(
            pair[0].model().function().coefficients(), pair[1].model().function().coefficients());
        assertArrayEquals(pair[0].curve().validation(), pair[1].curve().validation());
        assertEquals(pair[0].rate(), pair[1].rate());
      }
    }
  }

  private static List<TrialResult[]> trained(MomentsSnapshot sent, MomentsSnapshot received) {
    String grid = "degree=1,2; optimizer=sgd,nesterov,exact; batch-size=7,full; epochs=9";
    List<Candidate> candidates = Grid.parse(grid).candidates(new Squared(), ROWS);
    List<Trial> trials =
        candidates.stream()
            .flatMap(c -> sent.assignment().splits().stream().map(split -> Trial.of(c, split)))
            .toList();
    List<TrialResult> before = new SnapshotEngine(sent).train(trials);
    List<TrialResult> after = new SnapshotEngine(received).train(trials);
    return java.util.stream.IntStream.range(0, trials.size())
        .mapToObj(i -> new TrialResult[] {before.get(i), after.get(i)})
        .toList();
  }

  @Test
  void withoutMinibatchesTheOptimumIsTheSame() {
    MomentsSnapshot whole = snapshot(new InitialWeights.Baseline(), Assignment.TrainedOn.OTHERS);
    MomentsSnapshot coarse = whole.withoutMinibatches();
    assertEquals(5, coarse.table().blocks());
    List<Trial> trials =
        Grid.parse("degree=2; optimizer=exact; l2=0,1").candidates(new Squared(), ROWS).stream()
            .flatMap(c -> whole.assignment().splits().stream().map(split -> Trial.of(c, split)))
            .toList();
    List<TrialResult> fine = new SnapshotEngine(whole).train(trials);
    List<TrialResult> same = new SnapshotEngine(coarse).train(trials);
    for (int i = 0; i < fine.size(); i++) {
      double expected = Metric.MSE.of(fine.get(i).scores().validation());
      assertEquals(expected, Metric.MSE.of(same.get(i).scores().validation()), 1e-13 * expected);
    }
  }

  @Test
  void bytesOfAnotherVersionAreRefused() throws IOException {
    byte[] bytes = bytes(snapshot(new InitialWeights.Zeros(), Assignment.TrainedOn.OTHERS));
    bytes[3]++;
    assertThrows(
        IOException.class,
        () -> MomentsSnapshot.readFrom(new DataInputStream(new ByteArrayInputStream(bytes))));
  }

  @Test
  void itsBytesAreAboutAsManyAsItSays() throws IOException {
    MomentsSnapshot snapshot = snapshot(new InitialWeights.Zeros(), Assignment.TrainedOn.OTHERS);
    assertEquals(1, (double) snapshot.bytes() / bytes(snapshot).length, 0.2);
  }

  private static MomentsSnapshot readAgain(MomentsSnapshot snapshot) throws IOException {
    return MomentsSnapshot.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(snapshot))));
  }

  private static byte[] bytes(MomentsSnapshot snapshot) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    snapshot.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static MomentsSnapshot snapshot(InitialWeights initial, Assignment.TrainedOn trainedOn) {
    Random random = new Random(5);
    Assignment assignment = new Assignment(ROWS, 5, ROWS, trainedOn);
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(FEATURES, 2, new double[] {0, -1}, new double[] {1, 3});
    Shift shift = new Shift(random.doubles(basis.terms() + 1).toArray());
    MinibatchBorders borders =
        new MinibatchBorders(assignment, List.of(assignment.minibatches(7), 1));
    BlockSums sums = new BlockSums(basis.terms());
    double[] row = new double[basis.terms() + 2];
    for (int position = 0; position < ROWS; position++) {
      row[0] = 1;
      double[] x = {random.nextDouble(), 4 * random.nextDouble() - 1};
      basis.expandInto(x, row, 1, new double[basis.scratchLength()]);
      for (int term = 0; term < basis.terms(); term++) {
        row[1 + term] -= shift.feature(term);
      }
      row[row.length - 1] = 3 * x[0] - x[1] * x[0] + random.nextGaussian() - shift.label();
      sums.addRows(borders.block(position, random.nextInt(5)), row, 0, 1);
    }
    return new MomentsSnapshot(
        basis, shift, initial, 9, 1000, new MomentsTable(borders, basis.terms(), List.of(sums)));
  }
}

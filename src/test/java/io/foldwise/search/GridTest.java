package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Nesterov;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Schedule;
import io.foldwise.learn.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GridTest {
  private static final Loss SQUARED = new Squared();

  @Test
  void theEmptyGridIsTheDefaults() {
    for (Grid grid : List.of(Grid.defaults(), Grid.parse(""), Grid.parse(" ; "))) {
      Candidate candidate =
          new Candidate(
              SQUARED,
              new ModelForm(1, true, true),
              Penalty.NONE,
              new Sgd(),
              new Descending(new LearningRate.Auto(), new Schedule.Cosine(), 156, 100));
      assertEquals(List.of(candidate), grid.candidates(SQUARED, 10_000));
    }
  }

  @Test
  void candidatesAreTheProductWithTheLastAxisFastest() {
    List<Candidate> candidates =
        Grid.parse("learning-rate=0.01,0.1; l2=0,1e-3; degree=1..3").candidates(SQUARED, 100);
    assertEquals(12, candidates.size());
    int at = 0;
    for (double rate : new double[] {0.01, 0.1}) {
      for (double l2 : new double[] {0, 1e-3}) {
        for (int degree = 1; degree <= 3; degree++, at++) {
          assertEquals(new ModelForm(degree, true, true), candidates.get(at).form());
          assertEquals(new Penalty(0, l2), candidates.get(at).penalty());
          assertEquals(
              new LearningRate.Fixed(rate), candidates.get(at).descending().learningRate());
        }
      }
    }
  }

  @Test
  void everyAxisReachesItsPlace() {
    Candidate candidate =
        Grid.parse(
                "learning-rate=0.5;schedule=exponential(0.8);optimizer=nesterov;momentum=0.7;"
                    + "l1=0.1;l2=0.2;batch-size=32;epochs=7;degree=2;"
                    + "fit-intercept=false;standardize=false")
            .candidates(SQUARED, 1000)
            .get(0);
    assertEquals(
        new Candidate(
            SQUARED,
            new ModelForm(2, false, false),
            new Penalty(0.1, 0.2),
            new Nesterov(0.7),
            new Descending(new LearningRate.Fixed(0.5), new Schedule.Exponential(0.8), 32, 7)),
        candidate);
  }

  @Test
  void logarithmicRangesAreEvenlySpacedWithExactEnds() {
    double[] values =
        Grid.parse("l2=log(1e-4,10,6)").candidates(SQUARED, 1).stream()
            .mapToDouble(candidate -> candidate.penalty().l2())
            .toArray();
    assertEquals(6, values.length);
    assertEquals(1e-4, values[0], 0.0);
    assertEquals(10.0, values[5], 0.0);
    for (int i = 0; i < 5; i++) {
      assertEquals(10.0, values[i + 1] / values[i], 1e-12);
    }
    assertEquals(4, Grid.parse("l2=0, log(1,0.1,3)").candidates(SQUARED, 1).size());
  }

  @ParameterizedTest
  @CsvSource({
    "auto,31,31",
    "auto,33,32",
    "auto,2048,32",
    "auto,6400,100",
    "auto,16384,256",
    "auto,200000,256",
    "auto,1000000,1000",
    "full,1234,1234",
    "64,1000,64",
    "64,10,10",
    "1e3,5000,1000"
  })
  void batchSizesFollowTheTrainingRows(String batchSize, long rows, long expected) {
    Candidate candidate = Grid.parse("batch-size=" + batchSize).candidates(SQUARED, rows).get(0);
    assertEquals(expected, candidate.descending().batchSize());
  }

  @Test
  void aSampleOfAListIsDrawnWithoutReplacementAndRepeatsWithItsSeed() {
    Grid grid = Grid.parse("l2=0,log(1e-4,1,9); degree=1..5; l1=0,0.1");
    List<Candidate> all = grid.candidates(SQUARED, 100);
    List<Candidate> some = grid.sampled(30, 7).candidates(SQUARED, 100);
    assertEquals(30, Set.copyOf(some).size());
    assertTrue(all.containsAll(some));
    assertEquals(some, grid.sampled(30, 7).candidates(SQUARED, 100));
    assertFalse(some.equals(grid.sampled(30, 8).candidates(SQUARED, 100)));
    assertFalse(some.equals(all.subList(0, 30)));
    assertEquals(some, grid.sampled(40, 7).candidates(SQUARED, 100).subList(0, 30));
    List<Candidate> every = grid.sampled(1000, 7).candidates(SQUARED, 100);
    assertEquals(Set.copyOf(all), Set.copyOf(every));
    assertEquals(all.size(), every.size());
  }

  /** Of 10^12 settings none is listed. */
  @Test
  void aGridTooLargeToListIsSampledAllTheSame() {
    Grid grid =
        Grid.parse("learning-rate=log(1e-4,1,10000); l1=log(1e-4,1,10000); l2=log(1e-4,1,10000)");
    List<Candidate> some = grid.sampled(500, 1).candidates(SQUARED, 100);
    assertEquals(500, Set.copyOf(some).size());
    double[] rates = some.stream().mapToDouble(GridTest::rate).map(Math::log10).toArray();
    // the mean of 500 draws over four powers of ten: a deviation of 4/√(12·500) = 0.052
    assertEquals(-2, Arrays.stream(rates).average().orElseThrow(), 0.2);
  }

  private static double rate(Candidate candidate) {
    return ((LearningRate.Fixed) candidate.descending().learningRate()).value();
  }

  /** The share below a point, of 2,000 draws: a deviation of at most 0.011. */
  @Test
  void rangesAreEvenOnTheirScale() {
    Grid grid = Grid.parse("l1=uniform(2,4); l2=log-uniform(1e-4, 1); degree=uniform(1,3)");
    List<Candidate> drawn = grid.sampled(2000, 3).candidates(SQUARED, 100);
    assertEquals(2000, drawn.size());
    assertEquals(0.25, share(drawn, c -> c.penalty().l1() < 2.5), 0.05);
    assertEquals(0.75, share(drawn, c -> c.penalty().l1() < 3.5), 0.05);
    assertEquals(0.25, share(drawn, c -> c.penalty().l2() < 1e-3), 0.05);
    assertEquals(0.75, share(drawn, c -> c.penalty().l2() < 0.1), 0.05);
    for (int degree = 1; degree <= 3; degree++) {
      int own = degree;
      assertEquals(1 / 3.0, share(drawn, c -> c.form().degree() == own), 0.05);
    }
    for (Candidate each : drawn) {
      assertTrue(each.penalty().l1() >= 2 && each.penalty().l1() <= 4);
      assertTrue(each.penalty().l2() >= 1e-4 && each.penalty().l2() <= 1);
    }
    Grid mixed = Grid.parse("l2=0,log-uniform(1e-4,1)");
    List<Candidate> halves = mixed.sampled(500, 3).candidates(SQUARED, 100);
    assertEquals(1, halves.stream().filter(c -> c.penalty().l2() == 0).count());
    assertEquals(500, Set.copyOf(halves).size());
  }

  private static double share(List<Candidate> of, Predicate<Candidate> is) {
    return of.stream().filter(is).count() / (double) of.size();
  }

  /** Momentum is an axis of momentum alone: sgd is one candidate, however often it is drawn. */
  @Test
  void whatACandidateDoesNotReadMakesNoOther() {
    Grid grid = Grid.parse("optimizer=sgd,exact,momentum; momentum=uniform(0.5,0.99)");
    List<Candidate> drawn = grid.sampled(20, 5).candidates(SQUARED, 100);
    assertEquals(20, drawn.size());
    assertEquals(1, drawn.stream().filter(c -> c.optimizer() instanceof Sgd).count());
    assertEquals(1, drawn.stream().filter(Candidate::isExact).count());
    List<Candidate> none =
        Grid.parse("optimizer=sgd; momentum=uniform(0,0.9)").sampled(9, 5).candidates(SQUARED, 1);
    assertEquals(1, none.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "l2=uniform(1,0)",
        "l2=uniform(1,1)",
        "l2=uniform(-1,1)",
        "l2=log-uniform(0,1)",
        "l2=uniform(a,1)",
        "l2=uniform(0,Infinity)",
        "degree=uniform(1,2.5)",
        "degree=uniform(0,3)",
        "momentum=uniform(0,1)",
        "optimizer=uniform(0,1)",
        "fit-intercept=uniform(0,1)",
        "l2=uniform(1)"
      })
  void rangesThatAreNoneAreRefused(String grid) {
    assertThrows(InvalidInputException.class, () -> Grid.parse(grid));
  }

  @Test
  void aRangeNeedsASample() {
    Grid grid = Grid.parse("l1=0; l2=log-uniform(1e-4,1)");
    String refusal =
        assertThrows(InvalidInputException.class, () -> grid.candidates(SQUARED, 10)).getMessage();
    assertEquals(
        "'l2' (log-uniform(1e-4,1)) has no end of values: say how many candidates to draw with"
            + " --sample N",
        refusal);
    assertThrows(InvalidInputException.class, () -> grid.sampled(0, 1));
    assertThrows(InvalidInputException.class, () -> grid.sampled(100_001, 1));
  }

  @Test
  void settingsThatComeToTheSameAreOne() {
    assertEquals(1, Grid.parse("batch-size=100,full,5000").candidates(SQUARED, 100).size());
    assertEquals(1, Grid.parse("momentum=0.1,0.9; optimizer=sgd").candidates(SQUARED, 100).size());
    assertEquals(2, Grid.parse("l2=0.1,0.10,1e-1,0.2").candidates(SQUARED, 100).size());
  }

  /** The exact optimum reads no rate, schedule, batch size or number of epochs. */
  @Test
  void theExactOptimumIsOneCandidateWhateverTheRates() {
    Grid grid = Grid.parse("optimizer=exact; learning-rate=0.1,0.2; epochs=5,6; batch-size=1,2");
    assertEquals(1, grid.candidates(SQUARED, 100).size());
    assertEquals(
        List.of(
            Axis.OPTIMIZER, Axis.L1, Axis.L2, Axis.DEGREE, Axis.FIT_INTERCEPT, Axis.STANDARDIZE),
        List.copyOf(grid.candidates(SQUARED, 100).get(0).values().keySet()));
  }

  @Test
  void valuesAreShownOnTheAxesThatTakePart() {
    Candidate candidate =
        Grid.parse("optimizer=momentum; l2=0.5; schedule=inverse-scaling")
            .candidates(SQUARED, 80)
            .get(0);
    assertEquals(0.9, candidate.values().get(Axis.MOMENTUM));
    assertEquals("auto", candidate.values().get(Axis.LEARNING_RATE));
    assertEquals("inverse-scaling(0.25)", candidate.values().get(Axis.SCHEDULE));
    assertEquals(32L, candidate.values().get(Axis.BATCH_SIZE));
    assertEquals(100L, candidate.values().get(Axis.EPOCHS));
    assertEquals(1L, candidate.values().get(Axis.DEGREE));
    assertEquals(0.5, candidate.values().get(Axis.L2));
    assertEquals(true, candidate.values().get(Axis.FIT_INTERCEPT));
    assertFalse(
        Grid.parse("optimizer=adam")
            .candidates(SQUARED, 9)
            .get(0)
            .values()
            .containsKey(Axis.MOMENTUM));
  }

  @Test
  void aShownScheduleReadsBack() {
    for (String schedule :
        List.of("constant", "cosine", "inverse-scaling(0.5)", "exponential(0.75)")) {
      Candidate candidate = Grid.parse("schedule=" + schedule).candidates(SQUARED, 9).get(0);
      assertEquals(schedule, candidate.values().get(Axis.SCHEDULE));
    }
  }

  @Test
  void anAxisSetAloneReplacesItsValues() {
    Grid grid = Grid.parse("l2=1,2").with(Axis.L2, "3").with(Axis.DEGREE, "2");
    assertTrue(grid.names(Axis.DEGREE));
    assertFalse(grid.names(Axis.L1));
    assertEquals(1, grid.candidates(SQUARED, 10).size());
    assertEquals(new Penalty(0, 3), grid.candidates(SQUARED, 10).get(0).penalty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "learning-rate=0",
        "learning-rate=-1",
        "learning-rate=NaN",
        "learning-rate=Infinity",
        "learning-rate=fast",
        "learning-rate=",
        "learning-rate=0.1,,0.2",
        "learning-rate=0.1,",
        "schedule=linear",
        "schedule=constant(1)",
        "schedule=cosine()",
        "schedule=exponential(0)",
        "schedule=exponential(x)",
        "schedule=inverse-scaling(-1)",
        "schedule=inverse-scaling(0.5",
        "schedule=exponential(",
        "schedule=exponential()",
        "optimizer=lbfgs",
        "optimizer=SGD",
        "momentum=1",
        "momentum=-0.1",
        "momentum=x",
        "l1=-1e-9",
        "l2=NaN",
        "l2=x",
        "batch-size=0",
        "batch-size=2.5",
        "batch-size=all",
        "batch-size=-3",
        "epochs=0",
        "epochs=1.5",
        "epochs=many",
        "degree=0",
        "degree=-1",
        "degree=1.5",
        "degree=3..1",
        "degree=0..2",
        "degree=99999999999",
        "degree=1001",
        "delta=0",
        "delta=-1",
        "delta=x",
        "tau=0",
        "tau=1",
        "tau=x",
        "fit-intercept=yes",
        "fit-intercept=1",
        "standardize=TRUE",
        "l2=log(0,1,3)",
        "l2=log(1,10)",
        "l2=log(1,10,1)",
        "l2=log(1,x,3)",
        "l2=log(-1,1,3)",
        "l2=log(1,10,2.5)",
        "l2=log(1,Infinity,3)"
      })
  void aValueOffItsAxisIsRefusedByName(String grid) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> Grid.parse(grid));
    String axis = grid.substring(0, grid.indexOf('='));
    assertTrue(refusal.getMessage().contains("'" + axis + "'"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate=0.1", "l3=1", "=1", "l2", "l2=1; l2=2", "l2=1; degree", "Degree=1"})
  void aGridThatIsNoListOfAxesIsRefused(String grid) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> Grid.parse(grid));
    assertTrue(refusal.getMessage().contains("'grid'"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "l2=x, 'l2' (x) must be a number >= 0",
        "epochs=0, 'epochs' (0) must be a whole number >= 1",
        "degree=3..2, 'degree' (3..2) must go upwards and have <= 100000 values",
        "\"l2=1,\", \"'l2' has an empty value in '1,': it must be a number >= 0\""
      })
  void aRefusalSaysWhatTheAxisTakes(String grid, String message) {
    assertEquals(
        message, assertThrows(InvalidInputException.class, () -> Grid.parse(grid)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log(0,1,3)",
        "log(1,0,3)",
        "log(Infinity,Infinity,2)",
        "log(1,10,1)",
        "log(1,10,100001)"
      })
  void aLogarithmicRangeThatIsNoneIsRefusedWithHowToWriteOne(String range) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> Grid.parse("l2=" + range));
    assertEquals(
        "'l2' (" + range + ") must be log(a,b,n) with numbers a, b > 0 and a whole n >= 2",
        refusal.getMessage());
  }

  @Test
  void theEndsOfWhatIsAllowedAreAllowed() {
    assertEquals(1, Grid.parse("degree=3..3").candidates(SQUARED, 10).size());
    assertEquals(100_000.0, Grid.parse("epochs=1..100000").settings());
    assertEquals(100_000.0, Grid.parse("l2=log(1,10,100000)").settings());
    assertEquals(2, Grid.parse("l2=log(1,10,2)").candidates(SQUARED, 10).size());
    assertEquals(1000, Grid.parse("degree=1000").candidates(SQUARED, 10).get(0).form().degree());
    assertEquals(
        new Schedule.InverseScaling(0),
        Grid.parse("schedule=inverse-scaling(0)")
            .candidates(SQUARED, 10)
            .get(0)
            .descending()
            .schedule());
    Grid most = Grid.parse("l2=log(1,10,1000); epochs=1..100");
    assertEquals(100_000, most.candidates(SQUARED, 10).size());
  }

  @ParameterizedTest
  @CsvSource({
    "lr, here it is learning-rate",
    "alpha, here it is l2; l2 = alpha / rows for scikit-learn's Ridge; --l1 is the lasso's",
    "momentun, did you mean 'momentum'?",
    "n_jobs, 'the axes are learning-rate, schedule, optimizer, momentum, l1, l2, batch-size,"
        + " epochs, degree, fit-intercept, standardize, delta, tau, epsilon, power'",
    "colour, 'the axes are learning-rate, schedule, optimizer, momentum, l1, l2, batch-size,"
        + " epochs, degree, fit-intercept, standardize, delta, tau, epsilon, power'"
  })
  void anUnknownAxisIsAnsweredByWhatWasMeant(String name, String meant) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> Grid.parse(name + "=1"));
    assertEquals("'grid' has no axis '" + name + "': " + meant, refusal.getMessage());
  }

  @Test
  void tooManyCandidatesAreRefusedBeforeTheyAreMade() {
    Grid grid = Grid.parse("l1=log(1e-9,1,50000); l2=log(1e-9,1,50000); epochs=1..50000");
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> grid.candidates(SQUARED, 10));
    assertTrue(refusal.getMessage().contains("100,000"), refusal.getMessage());
    assertThrows(InvalidInputException.class, () -> Grid.parse("epochs=1..200001"));
  }

  @Test
  void aGridWithoutEndDoesNotOverflowItsCount() {
    Grid grid =
        Grid.parse(
            "l1=log(1e-9,1,100000); l2=log(1e-9,1,100000); epochs=1..100000;"
                + " learning-rate=log(1e-9,1,100000)");
    assertThrows(InvalidInputException.class, () -> grid.candidates(SQUARED, 10));
  }
}

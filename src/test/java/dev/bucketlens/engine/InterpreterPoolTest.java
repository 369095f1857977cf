package dev.bucketlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bucketlens.testing.TestModels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterpreterPoolTest {

  private static final List<Integer> SHAPE = List.of(1, TestModels.HEIGHT, TestModels.WIDTH, 3);
  private static final int VALUES = TestModels.HEIGHT * TestModels.WIDTH * 3;
  private static final InterpreterSettings ONE_THREAD = InterpreterSettings.onThreads(1);

  private Model model;

  @BeforeEach
  void openModel() throws ModelLoadException {
    model = Model.open(LiteRt.load(), TestModels.file("float"));
  }

  @AfterEach
  void closeModel() {
    model.close();
  }

  @Test
  void use_shouldGiveEachThreadItsOwnAnswer_whenManyShareTwoInterpreters() throws Exception {
    try (InterpreterPool pool = InterpreterPool.open(model, ONE_THREAD, SHAPE, 0, 2);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        float[] image = plain(i % 3);
        answers.add(threads.submit(() -> pool.use(interpreter -> interpreter.run(image))));
      }

      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()[i % 3]).isGreaterThan(0.99f);
      }
    }
  }

  @Test
  void use_shouldNeverShareAnInterpreter_whenTwoWorkAtOnce() throws Exception {
    CountDownLatch bothWork = new CountDownLatch(2);
    try (InterpreterPool pool = InterpreterPool.open(model, ONE_THREAD, SHAPE, 0, 2);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Interpreter>> used = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        used.add(
            threads.submit(() ->
                pool.use(interpreter -> {
                  bothWork.countDown();
                  await(bothWork);
                  return interpreter;
                })));
      }

      Set<Interpreter> distinct = new HashSet<>();
      for (Future<Interpreter> interpreter : used) {
        distinct.add(interpreter.get());
      }
      assertThat(distinct).hasSize(2);
    }
  }

  @Test
  void use_shouldReturnTheInterpreter_whenWorkFails() throws Exception {
    try (InterpreterPool pool = InterpreterPool.open(model, ONE_THREAD, SHAPE, 0, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pool.use(interpreter -> interpreter.run(new float[1])));

      assertThat(pool.<float[]>use(interpreter -> interpreter.run(plain(0)))).hasSize(3);
    }
  }

  @Test
  void close_shouldWaitForWork_andRefuseThoseWhoWait() throws Exception {
    InterpreterPool pool = InterpreterPool.open(model, ONE_THREAD, SHAPE, 0, 1);
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<float[]> work =
          threads.submit(() ->
              pool.use(interpreter -> {
                working.countDown();
                await(finish);
                return interpreter.run(plain(1));
              }));
      await(working);
      Future<?> closing = threads.submit(pool::close);
      finish.countDown();

      assertThat(work.get()[1]).isGreaterThan(0.99f);
      closing.get();
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> pool.use(interpreter -> interpreter.run(plain(0))))
        .withMessage("The interpreter pool is closed.");
    pool.close();
  }

  @Test
  void open_shouldNameTheSize_whenItIsZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InterpreterPool.open(model, ONE_THREAD, SHAPE, 0, 0))
        .withMessage("size is 0; it must be at least 1.");
  }

  private static float[] plain(int channel) {
    float[] image = new float[VALUES];
    for (int i = channel; i < image.length; i += 3) {
      image[i] = 1;
    }
    return image;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.bucketlens.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How modules become one; what the page's do in a browser, the tests of the page tell. */
final class ScriptModulesTest {

  @Test
  void join_shouldRunEachModuleOnce_afterThoseThatItImports() {
    Map<String, String> modules =
        Map.of(
            "app.js",
            """
            import { open } from './door.js';
            import { KEY, Lock } from './lock.js';

            open(new Lock(KEY));
            """,
            "door.js",
            """
            import { KEY } from './lock.js';

            const own = 1;
            export async function open(lock) {
              return lock.turn(KEY + own);
            }
            """,
            "lock.js",
            """
            export const KEY = 7;
            export class Lock {}
            const own = 2;
            """);

    assertThat(ScriptModules.join("app.js", modules::get))
        .isEqualTo(
            """
            const modules = {};
            modules['lock.js'] = (() => {
            const KEY = 7;
            class Lock {}
            const own = 2;
            return { KEY, Lock };
            })();
            modules['door.js'] = (() => {
            const { KEY } = modules['lock.js'];

            const own = 1;
            async function open(lock) {
              return lock.turn(KEY + own);
            }
            return { open };
            })();
            modules['app.js'] = (() => {
            const { open } = modules['door.js'];
            const { KEY, Lock } = modules['lock.js'];

            open(new Lock(KEY));
            return {  };
            })();
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import './door.js';",
        "import open from './door.js';",
        "import * as door from './door.js';",
        "import { open } from 'https://example.com/door.js';",
        "import {\n  open,\n} from './door.js';",
        "export let open = true;",
        "export default open;",
        "export { open } from './door.js';"
      })
  void join_shouldRefuseWhatItCannotRead_andShowIt(String statement) {
    assertThatThrownBy(() -> ScriptModules.join("app.js", _ -> "const own = 1;\n" + statement))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("app.js has `" + statement.lines().findFirst().orElseThrow());
  }

  @Test
  void join_shouldRefuseModulesThatImportEachOther() {
    Map<String, String> modules =
        Map.of(
            "app.js", "import { open } from './door.js';\n",
            "door.js", "import { start } from './app.js';\n");

    assertThatThrownBy(() -> ScriptModules.join("app.js", modules::get))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("app.js is imported by a module that it imports");
  }
}

package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void all_of_them_are_in_the_list() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : Keys.class.getDeclaredFields()) {
            if (field.getType() == Key.class) {
                declared.add(field.get(null));
            }
        }
        assertThat(Keys.ALL).doesNotHaveDuplicates();
        assertThat(new ArrayList<Object>(Keys.ALL)).isEqualTo(declared);
    }

    @Test
    void a_variable_is_the_key_in_upper_case() {
        assertThat(Keys.WAIT_SENDER_MAX.variable()).isEqualTo("TRANSIT_WAIT_SENDER_MAX");
        assertThat(Keys.PORT.variable()).isEqualTo("SERVER_PORT");
    }

    @Test
    void no_two_keys_have_the_same_variable() {
        assertThat(Keys.ALL.stream().map(key -> key.variable())).doesNotHaveDuplicates();
    }
}

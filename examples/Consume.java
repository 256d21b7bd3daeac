import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

class Consume {
    public static void main(String[] arguments) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", arguments[0], "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var parts = consumer.partitionsFor(arguments[1]).stream();
            consumer.assign(parts.map(part -> new TopicPartition(part.topic(), part.partition())).toList());
            while (true) for (var message : consumer.poll(Duration.ofSeconds(1))) {
                // Later messages of a key replace earlier ones; null: nothing is known any more.
                var tally = new ObjectMapper().readTree(message.value() == null ? "{}" : message.value());
                System.out.println(message.key() + " " + tally.path("measures"));
            }
        }
    }
}

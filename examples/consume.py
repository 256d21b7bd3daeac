import asyncio, json, sys
from aiokafka import AIOKafkaConsumer


async def main(brokers: str = "127.0.0.1:9092", topic: str = "drone.tallies.day.v1") -> None:
    options = {"bootstrap_servers": brokers, "auto_offset_reset": "earliest"}
    async with AIOKafkaConsumer(topic, **options) as consumer:
        async for message in consumer:  # later messages of a key replace earlier ones; null: nothing is known any more
            tally = json.loads(message.value) if message.value else {"measures": {}}
            figures = {name: (cell["low"], cell["best"], cell["high"]) for name, cell in tally["measures"].items()}
            print(message.key.decode(), figures, flush=True)


asyncio.run(main(*sys.argv[1:]))
